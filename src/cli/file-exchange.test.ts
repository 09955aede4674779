import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileExchange, type FileExchange } from './file-exchange.ts';

let folder: string;
let server: Server;
let exchange: FileExchange;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'residua-exchange-'));
  await writeFile(join(folder, 'a.png'), 'bytes of a');
  exchange = createFileExchange([join(folder, 'a.png'), join(folder, 'gone.png')], ['weights.bin']);
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.url = request.url?.replace(exchange.prefix, '') ?? '';
    exchange.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (typeof bound !== 'object' || !bound) throw new Error('no port');
  address = `http://127.0.0.1:${bound.port}${exchange.prefix}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe('createFileExchange', () => {
  it('serves the files that it was created with', async () => {
    const response = await fetch(`${address}/0`);
    expect(await response.text()).toBe('bytes of a');
  });

  it.each(['/1', '/2', '/-1', '/a.png', '/..%2fa.png', '/'])('serves nothing for %s', async (path) => {
    expect((await fetch(`${address}${path}`)).status).toBe(404);
  });

  it('accepts results under the given names only', async () => {
    const put = (name: string) =>
      fetch(`${address}/${name}`, { method: 'PUT', body: new Uint8Array([1, 2, 3]) });
    expect((await put('weights.bin')).status).toBe(204);
    expect(exchange.received('weights.bin')).toEqual(Buffer.from([1, 2, 3]));
    expect((await put('other.bin')).status).toBe(404);
    expect(exchange.received('other.bin')).toBeUndefined();
  });
});

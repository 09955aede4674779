/** A plain static file server, as of a web host: no headers of ours, and the page below a path. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain',
};

export interface PlainServer {
  /** Address of the page, ending in '/'. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a folder on the loopback interface.
 * @param base path of the page, with a slash at both ends
 */
export const servePlainly = async (folder: string, base: string): Promise<PlainServer> => {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = normalize(pathname.slice(base.length) || 'index.html');
    const body =
      pathname.startsWith(base) && !file.startsWith('..')
        ? await readFile(join(folder, file)).catch(() => undefined)
        : undefined;
    response.writeHead(body ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

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
  /** Addresses of other servers that a browser asked for: it does so if this server is its proxy. */
  readonly foreign: readonly string[];
  /** Answers nothing while it is down. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

/**
 * Serves a folder on the loopback interface.
 * @param base path of the page, with a slash at both ends
 */
export const servePlainly = async (folder: string, base: string): Promise<PlainServer> => {
  const foreign: string[] = [];
  let own = '';
  let isDown = false;
  const server = createServer(async ({ url = '/', socket }, response) => {
    if (isDown) {
      socket.destroy();
      return;
    }
    const { origin, pathname } = new URL(url, own);
    if (origin !== own) foreign.push(url);
    const file = normalize(pathname.slice(base.length) || 'index.html');
    const body =
      origin === own && pathname.startsWith(base) && !file.startsWith('..')
        ? await readFile(join(folder, file)).catch(() => undefined)
        : undefined;
    response.writeHead(body ? 200 : 404, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    });
    response.end(body);
  });
  // A request over HTTPS, as a proxy sees it.
  server.on('connect', ({ url = '' }, socket) => {
    foreign.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  own = `http://127.0.0.1:${address.port}`;
  return {
    url: `${own}${base}`,
    foreign,
    setDown: (down) => {
      isDown = down;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Lets the page fetch given files and return others, through its own server, on the loopback interface only. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Plugin } from 'vite';

/** Files to and from a page. */
export interface FileExchange {
  /** URL path: file n is at `${prefix}/n` (GET), and a result called x goes to `${prefix}/x` (PUT). */
  readonly prefix: string;
  /** Adds the exchange to the preview server. */
  readonly plugin: Plugin;
  /** Answers one request; the prefix is already removed from its URL. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** The bytes that the page sent under this name. */
  received(name: string): Buffer | undefined;
}

/**
 * Creates an exchange. Files are requested by number, so no requested path reaches the file system, and other pages
 * cannot guess the prefix.
 * @param locations the files that the page may read, by number
 * @param results names under which the page may send results
 */
export const createFileExchange = (
  locations: readonly string[],
  results: readonly string[],
): FileExchange => {
  const prefix = `/exchange-${randomUUID()}`;
  const taken = new Map<string, Buffer>();

  const refuse = (response: ServerResponse, status: number): void => {
    response.writeHead(status).end();
  };

  const give = (location: string, response: ServerResponse): void => {
    const stream = createReadStream(location);
    stream.once('error', () => (response.headersSent ? response.destroy() : refuse(response, 404)));
    stream.once('open', () => response.writeHead(200, { 'content-type': 'application/octet-stream' }));
    stream.pipe(response);
  };

  const take = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    taken.set(name, await buffer(request));
    refuse(response, 204);
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const name = (request.url ?? '').slice(1);
    const location = /^\d+$/.test(name) ? locations[Number(name)] : undefined;
    if (request.method === 'GET' && location !== undefined) give(location, response);
    else if (request.method === 'PUT' && results.includes(name)) {
      take(name, request, response).catch(() => refuse(response, 500));
    } else refuse(response, 404);
  };

  return {
    prefix,
    answer,
    plugin: {
      name: 'residua-file-exchange',
      configurePreviewServer: (server) => {
        server.middlewares.use(prefix, answer);
      },
    },
    received: (name) => taken.get(name),
  };
};

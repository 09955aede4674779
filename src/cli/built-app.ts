/** The built app: built if it is missing or older than its source, and served on the loopback interface. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, preview } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sources = ['src', 'public', '.ci', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** Time of the latest change below a path, in ms since 1970, ignoring tests, which are not built; 0 if none exists. */
const lastChangeMs = async (path: string): Promise<number> => {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : found.mtimeMs;
  const names = await readdir(path);
  const changes = await Promise.all(names.map((name) => lastChangeMs(join(path, name))));
  return Math.max(0, ...changes);
};

/** Builds in a separate process, to get a production build for any NODE_ENV of this process (Vitest sets it to test). */
const build = async (): Promise<void> => {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('The app could not be built; see the messages above.');
};

/**
 * Builds the app into `dist`, unless a build exists that is newer than all of its source.
 * @throws Error if the build fails
 */
export const ensureBuilt = async (): Promise<void> => {
  const built = await lastChangeMs(join(root, 'dist', 'index.html'));
  const changes = await Promise.all(sources.map((source) => lastChangeMs(join(root, source))));
  if (built > Math.max(...changes)) return;
  await build();
};

/** The page's address without the finished pair of runs that a first visit shows: nothing is loaded but the sample. */
export const withoutPair = (url: string): string => `${url}?empty`;

/** The address that opens the page without drawing it: the processor's threads have all cores. */
export const undrawn = (url: string): string => `${withoutPair(url)}&undrawn`;

/** A running server of the built app. */
export interface ServedApp {
  /** Address of the page, ending in '/'. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `dist` on the loopback interface.
 * @param port 0 selects any free one
 * @param plugins additions to the server
 */
export const serveApp = async (port = 0, plugins: Plugin[] = []): Promise<ServedApp> => {
  const server = await preview({
    root,
    logLevel: 'warn',
    plugins,
    preview: { host: '127.0.0.1', port, strictPort: port !== 0, open: false },
  });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
};

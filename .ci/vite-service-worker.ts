/** Builds the service worker, and gives it the list of all built files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';
import type { PrecacheEntry } from 'workbox-precaching';

const entry = 'src/app/hosting/service-worker.ts';
/** At the root of the page: a service worker serves the files beside and below it. */
const fileName = 'service-worker.js';
const placeholder = 'self.__WB_MANIFEST';

const bundle = async (
  config: ResolvedConfig,
  plugins: readonly Rolldown.Plugin[],
): Promise<Rolldown.OutputChunk> => {
  const { target, sourcemap } = config.build;
  const result = await build({
    configFile: false,
    root: config.root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [...plugins],
    build: {
      write: false,
      target,
      sourcemap,
      rolldownOptions: {
        input: join(config.root, entry),
        output: { format: 'iife', entryFileNames: fileName },
      },
    },
  });
  const [chunk] = 'output' in result ? result.output : [];
  if (!chunk?.code.includes(placeholder)) throw new Error(`${entry} has no ${placeholder}.`);
  return chunk;
};

/** All built files, each with a revision that changes with its content. */
const listFiles = (folder: string): readonly PrecacheEntry[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.endsWith('.map'))
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const revision = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
      return { url: relative(folder, file).replaceAll(sep, '/'), revision };
    });

/** @param plugins for the bundle of the service worker */
export const serviceWorker = (plugins: () => readonly Rolldown.Plugin[]): Plugin => {
  let config: ResolvedConfig;
  let chunk: Rolldown.OutputChunk;
  return {
    name: 'residua-service-worker',
    apply: 'build',
    configResolved: (resolved) => {
      config = resolved;
    },
    generateBundle: async () => {
      chunk = await bundle(config, plugins());
    },
    // The list needs all files on the disk.
    writeBundle: ({ dir = config.build.outDir }) => {
      const code = chunk.code.replace(placeholder, () => JSON.stringify(listFiles(dir)));
      writeFileSync(join(dir, fileName), code);
      if (chunk.map) writeFileSync(join(dir, `${fileName}.map`), chunk.map.toString());
    },
  };
};

/**
 * Runs TypeScript in Node that imports compiled AssemblyScript, which Node itself cannot load. The module is bundled like the
 * page, and runs in a separate process, because JavaScript is slower beside the bundler.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { assembly } from '../.ci/vite-assembly.ts';

/**
 * Runs a module in this folder.
 * @param file its file name
 */
export const runWithAssembly = async (file: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'residua-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      plugins: [assembly()],
      ssr: { noExternal: true },
      build: {
        ssr: fileURLToPath(new URL(file, import.meta.url)),
        outDir: folder,
        emptyOutDir: false,
        target: 'es2023',
        rolldownOptions: { output: { entryFileNames: 'bench.mjs', codeSplitting: false } },
      },
    });
    const { status } = spawnSync(process.execPath, [join(folder, 'bench.mjs')], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Runs TypeScript in Node that imports compiled AssemblyScript, which Node itself cannot load. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { assembly } from '../.ci/vite-assembly.ts';

/** Runs a module of this folder, by its file name. */
export const runWithAssembly = async (file: string): Promise<void> => {
  await runnerImport(fileURLToPath(new URL(file, import.meta.url)), { plugins: [assembly()] });
};

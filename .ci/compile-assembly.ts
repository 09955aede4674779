/** Compiles AssemblyScript to WebAssembly in memory: for the Vite plugin, and for whatever else needs a module. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import asc from 'assemblyscript/dist/asc.js';

/** A compiled entry. */
export interface CompiledAssembly {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The text of the module, to be read. */
  readonly text: string;
  /** Absolute paths of the sources that were read. */
  readonly sources: readonly string[];
}

/** No runtime: kernels allocate nothing, so that all threads can share one memory. */
const options = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--enable',
  'threads',
  '--use',
  'abort=',
];

/** The memory comes from outside. Its first page is left to whoever instantiates the module. */
const sharedMemory = [
  '--importMemory',
  '--noExportMemory',
  '--sharedMemory',
  '--initialMemory',
  '2',
  '--maximumMemory',
  '65536',
  '--memoryBase',
  '65536',
];

/**
 * @param entry path of the source from the working directory, its `.ts` included
 * @throws Error with the compiler's messages
 */
export const compileAssembly = async (entry: string): Promise<CompiledAssembly> => {
  const written = new Map<string, Uint8Array | string>();
  const sources: string[] = [];
  const messages: string[] = [];
  const sink = { write: (chunk: Uint8Array | string) => messages.push(String(chunk)) };
  const { error } = await asc.main(
    [entry, ...options, ...sharedMemory, '--outFile', 'module.wasm', '--textFile', 'module.wat'],
    {
      stdout: sink,
      stderr: sink,
      readFile: (name, base) => {
        // The compiler appends the extension even where it is there.
        const path = resolve(base, name.replace(/\.ts\.ts$/, '.ts'));
        try {
          const text = readFileSync(path, 'utf8');
          sources.push(path);
          return text;
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => void written.set(name, contents),
    },
  );
  if (error) throw new Error(`${entry} does not compile.\n${messages.join('')}`, { cause: error });
  return {
    bytes: Uint8Array.from(written.get('module.wasm') as Uint8Array),
    text: String(written.get('module.wat')),
    sources,
  };
};

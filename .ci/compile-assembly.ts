/** Compiles AssemblyScript to WebAssembly in memory, for the Vite plugin and other callers. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import asc from 'assemblyscript/dist/asc.js';

/** A compiled entry. */
export interface CompiledAssembly {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Absolute paths of all source files. */
  readonly sources: readonly string[];
}

/** No runtime: kernels allocate nothing, so all threads can share one memory. */
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

/** The memory is imported. Its first page belongs to its owner. */
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

const hashOf = (value: string | Uint8Array): string => createHash('sha256').update(value).digest('hex');

const cacheFolder = 'node_modules/.cache/residua-assembly';

/** An entry's cache record, valid as long as no source or option changes. */
interface CacheEntry {
  readonly options: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly base64: string;
}

const optionsHash = hashOf([...options, ...sharedMemory, asc.version].join(' '));

const cacheFile = (entry: string): string => join(cacheFolder, `${hashOf(resolve(entry))}.json`);

/** Undefined if nothing is cached, or anything has changed. */
const readCache = (entry: string): CompiledAssembly | undefined => {
  try {
    const known = JSON.parse(readFileSync(cacheFile(entry), 'utf8')) as CacheEntry;
    const unchanged =
      known.options === optionsHash &&
      Object.entries(known.sources).every(([path, hash]) => hashOf(readFileSync(path)) === hash);
    if (!unchanged) return undefined;
    return {
      bytes: Uint8Array.from(Buffer.from(known.base64, 'base64')),
      sources: Object.keys(known.sources),
    };
  } catch {
    return undefined;
  }
};

const writeCache = (entry: string, { bytes, sources }: CompiledAssembly): void => {
  const known: CacheEntry = {
    options: optionsHash,
    sources: Object.fromEntries(sources.map((path) => [path, hashOf(readFileSync(path))])),
    base64: Buffer.from(bytes).toString('base64'),
  };
  mkdirSync(cacheFolder, { recursive: true });
  // Several processes may compile at once: each moves a complete file into place.
  const draft = `${cacheFile(entry)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(known));
  renameSync(draft, cacheFile(entry));
};

/**
 * Compiles an entry, or returns it from the cache beside the installed packages.
 * @param entry path of the source from the working directory, including `.ts`
 * @throws Error with the compiler's messages
 */
export const compileAssembly = async (entry: string): Promise<CompiledAssembly> => {
  const known = readCache(entry);
  if (known) return known;
  const compiled = await compile(entry);
  writeCache(entry, compiled);
  return compiled;
};

const compile = async (entry: string): Promise<CompiledAssembly> => {
  const written = new Map<string, Uint8Array | string>();
  const sources: string[] = [];
  const messages: string[] = [];
  const sink = { write: (chunk: Uint8Array | string) => messages.push(String(chunk)) };
  const { error } = await asc.main([entry, ...options, ...sharedMemory, '--outFile', 'module.wasm'], {
    stdout: sink,
    stderr: sink,
    readFile: (name, base) => {
      // The compiler appends the extension even if it is present.
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
  });
  if (error) throw new Error(`${entry} does not compile.\n${messages.join('')}`, { cause: error });
  return {
    bytes: Uint8Array.from(written.get('module.wasm') as Uint8Array),
    sources,
  };
};

/** The imports between the files of the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The imports of each file, including types and lazy imports; paths are relative to the project's folder. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const folders = ['src', 'bench', 'e2e', '.ci'];

const isSource = (file: string): boolean => /\.tsx?$/.test(file) && !file.endsWith('.d.ts');

/** The formatter puts every import at the start of a line and its path in single quotes. */
const importForms = [
  /^(?:import|export)\b[^'"`]*?\bfrom '([^'\n]+)'/gm,
  /^import '([^'\n]+)'/gm,
  /\bimport\(\s*'([^'\n]+)'\s*\)/g,
];

/** Starting a worker is no import, but calls go through workers. */
const workerForm = /\bnew URL\('([^'\n]+)', import\.meta\.url\)/g;

/** @returns the file that a quoted path refers to, without its query; undefined for packages */
const resolve = (importer: string, path: string): string | undefined => {
  const [file] = path.split('?', 1) as [string];
  if (file.startsWith('#')) return `src/${file.slice(1)}`;
  return file.startsWith('.') ? normalize(join(dirname(importer), file)) : undefined;
};

const filesNamed = (importer: string, text: string, forms: readonly RegExp[]): string[] => {
  const paths = forms.flatMap((form) => [...text.matchAll(form)].map(([, path]) => path as string));
  const files = paths.flatMap((path) => resolve(importer, path) ?? []);
  // AssemblyScript names its files without the extension.
  return [...new Set(files.map((file) => (file.endsWith('.assembly') ? `${file}.ts` : file)))].filter(
    isSource,
  );
};

/** @param workers whether a worker counts as imported by the file that starts it */
export const readImports = ({ workers = false } = {}): ImportGraph => {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  files.push(...readdirSync('.'));
  const forms = workers ? [...importForms, workerForm] : importForms;
  return new Map(
    files
      .filter(isSource)
      .sort()
      .map((file) => [file, filesNamed(file, readFileSync(file, 'utf8'), forms)]),
  );
};

/** @returns the shortest chain of imports from one file to another, both included */
const shortestChain = (imports: ImportGraph, from: string, to: string): string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const queue = [from];
  for (const file of queue) {
    for (const next of imports.get(file) ?? []) {
      if (next === to) {
        const chain = [to];
        for (let at: string | undefined = file; at !== undefined; at = cameFrom.get(at)) chain.unshift(at);
        return chain;
      }
      if (next === from || cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
};

/**
 * The shortest cycle through each file that is in any cycle; each cycle is listed once.
 * @returns cycles as lists of files that end where they begin, shortest first
 */
export const findCycles = (imports: ImportGraph): string[][] => {
  const cycles = new Map<string, string[]>();
  for (const file of imports.keys()) {
    const cycle = shortestChain(imports, file, file);
    if (!cycle) continue;
    const key = [...new Set(cycle)].sort().join();
    if (!cycles.has(key)) cycles.set(key, cycle);
  }
  return [...cycles.values()].sort((a, b) => a.length - b.length);
};

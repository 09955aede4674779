/** The walks in docs/architecture.md: their files exist and are joined by imports, and none is too long. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readImports } from './imports.ts';

/** The largest allowed number of files in each walk. */
const limits = new Map([
  ['Dropped folder to summary', 12],
  ['Train to step', 12],
  ['Readback to chart', 6],
  ['Export', 9],
  ['Import', 9],
]);

const filesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, file]) => `src/${file}`);

const [, section = ''] =
  /^## Walks\n([\s\S]*?)^## /m.exec(readFileSync('docs/architecture.md', 'utf8')) ?? [];

/** Files in parentheses pass every call on unchanged and are not counted. A semicolon returns to an earlier file. */
const walks = section
  .split(/^\d\. /m)
  .slice(1)
  .map((item) => {
    const [, name = '', count = '', chain = ''] = /^\*\*(.+?)\*\*, (\d+) files: ([\s\S]*)/.exec(item) ?? [];
    return {
      name,
      count: Number(count),
      counted: new Set(filesIn(chain.replace(/\([^)]*\)/g, ''))),
      pairs: chain
        .split(';')
        .map(filesIn)
        .flatMap((files) => files.slice(1).map((file, i) => [files[i] as string, file] as const)),
    };
  });

describe('the walks', () => {
  const imports = readImports({ workers: true });
  const imported = (from: string, file: string): boolean => imports.get(from)?.includes(file) ?? false;

  it('are the five counted ones', () => {
    expect(walks.map(({ name }) => name)).toEqual([...limits.keys()]);
  });

  it.each(walks)('$name: has as many files as it says, and few enough', ({ name, count, counted }) => {
    expect(counted.size).toBe(count);
    expect(count).toBeLessThanOrEqual(limits.get(name) ?? 0);
  });

  it.each(walks)('$name: goes along imports', ({ pairs }) => {
    const broken = pairs.filter(([a, b]) => !imported(a, b) && !imported(b, a));
    expect(pairs.length).toBeGreaterThan(4);
    expect(broken).toEqual([]);
  });
});

/** No file imports itself through other files, types included: each can be read after the files that it imports. */
import { describe, expect, it } from 'vitest';
import { findCycles, readImports } from './imports.ts';

describe('findCycles', () => {
  it('names the files of the shortest cycles', () => {
    const imports = new Map([
      ['a', ['b', 'e']],
      ['b', ['c']],
      ['c', ['b', 'd', 'a']],
      ['d', ['a']],
      ['e', ['e']],
      ['f', ['a', 'package']],
    ]);
    expect(findCycles(imports)).toEqual([
      ['e', 'e'],
      ['b', 'c', 'b'],
      ['a', 'b', 'c', 'a'],
      ['d', 'a', 'b', 'c', 'd'],
    ]);
  });

  it('finds none where imports go one way', () => {
    expect(
      findCycles(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('the files of src, bench, e2e and .ci', () => {
  const imports = readImports();

  it('are read with their imports, types and lazy ones included', () => {
    const unknown = [...imports].flatMap(([file, imported]) =>
      imported.filter((path) => !imports.has(path)).map((path) => `${file} -> ${path}`),
    );
    expect(unknown).toEqual([]);
    expect(imports.get('.ci/import-cycles.test.ts')).toEqual(['.ci/imports.ts']);
  });

  it('do not import each other in a circle', () => {
    expect(findCycles(imports).map((cycle) => cycle.join(' -> '))).toEqual([]);
  });
});

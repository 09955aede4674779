/** The picture in docs/architecture.md agrees with the present imports. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderPicture, withPicture } from './folder-picture.ts';
import { readImports } from './imports.ts';

describe('the picture of folders', () => {
  it('draws arrows between rooms and within divided ones, without those that a way around replaces', () => {
    const imports = new Map([
      ['src/app/main.ts', ['src/app/pages/Page.tsx', 'src/core/a.ts']],
      ['src/app/pages/Page.tsx', ['src/app/table/Table.tsx', 'src/app/ui/Button.tsx']],
      ['src/app/table/Table.tsx', ['src/app/ui/Button.tsx', 'src/store/b.ts']],
      ['src/app/runs/Runs.tsx', ['src/app/ui/Button.tsx']],
      ['src/app/ui/Button.tsx', []],
      ['src/store/b.ts', ['src/core/a.ts']],
      ['src/core/a.ts', []],
      ['src/engine/ops/c.ts', ['src/engine/cpu/d.ts', 'src/engine/e.ts']],
      ['src/engine/cpu/d.ts', ['src/engine/ops/c.ts', 'src/core/a.ts']],
      ['src/engine/e.ts', []],
      // Neither tests nor files outside of src are in the picture.
      ['src/core/a.test.ts', ['src/engine/e.ts', 'src/testing/f.ts']],
      ['src/testing/f.ts', []],
      ['bench/g.ts', ['src/core/a.ts']],
    ]);
    expect(
      folderPicture(imports)
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      ...['```mermaid', 'flowchart TB'],
      ...['subgraph app', 'app-features["runs<br>table"]', 'app-pages["pages"]', 'app-ui["ui"]', 'end'],
      'core',
      ...['subgraph engine', 'engine-cpu["cpu"]', 'engine-ops["ops"]', 'engine-own["e"]', 'end'],
      'store',
      ...['app-features --> app-ui', 'app-pages --> app-features'],
      ...['engine-cpu <--> engine-ops', 'engine-ops --> engine-own'],
      ...['app --> store', 'engine --> core', 'store --> core'],
      ...['```', ''],
    ]);
  });

  it('is in docs/architecture.md as the imports have it', () => {
    const document = readFileSync('docs/architecture.md', 'utf8');
    expect(
      document,
      'Folders import each other otherwise than the picture says. If that is meant: npm run picture, and commit.',
    ).toBe(withPicture(document, readImports()));
  });
});

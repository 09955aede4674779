import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { renderEquations } from '../../../../.ci/vite-equations.ts';

const here = import.meta.dirname;

/** Characters of a WOFF2 file whose `cmap` has a subtable of format 4, as those of the Basic Multilingual Plane do. */
const charactersOf = (file: Buffer): Set<number> => {
  const numTables = file.readUInt16BE(12);
  let at = 48;
  const number128 = (): number => {
    let value = 0;
    for (let byte = 0x80; byte & 0x80; ) {
      byte = file.readUInt8(at++);
      value = value * 128 + (byte & 0x7f);
    }
    return value;
  };
  let start = 0;
  let cmap = -1;
  for (let table = 0; table < numTables; table++) {
    const flags = file.readUInt8(at++);
    const known = flags & 0x3f;
    if (known === 0x3f) at += 4;
    const length = number128();
    const isOutline = known === 10 || known === 11;
    // Outlines are transformed unless the version is 3; all other tables only where it is not 0.
    const transformed = isOutline ? flags >> 6 !== 3 : flags >> 6 !== 0;
    const stored = transformed ? number128() : length;
    if (known === 0) cmap = start;
    start += stored;
  }
  const tables = brotliDecompressSync(file.subarray(at));
  const characters = new Set<number>();
  for (let record = 0; record < tables.readUInt16BE(cmap + 2); record++) {
    const subtable = cmap + tables.readUInt32BE(cmap + 4 + 8 * record + 4);
    if (tables.readUInt16BE(subtable) !== 4) continue;
    const segmentBytes = tables.readUInt16BE(subtable + 6);
    for (let segment = 0; segment < segmentBytes; segment += 2) {
      const end = tables.readUInt16BE(subtable + 14 + segment);
      const first = tables.readUInt16BE(subtable + 16 + segmentBytes + segment);
      for (let code = first; code <= end && code !== 0xffff; code++) characters.add(code);
    }
  }
  return characters;
};

const fonts = new Map(
  readdirSync(join(here, 'fonts'))
    .filter((name) => name.endsWith('.woff2'))
    .map((name) => [name, charactersOf(readFileSync(join(here, 'fonts', name)))]),
);

/** Code points of a `unicode-range`. */
const codesOf = (range: string): number[] =>
  range.split(',').flatMap((part) => {
    const [first = 0, last = first] = part
      .trim()
      .replace('U+', '')
      .split('-')
      .map((code) => Number.parseInt(code, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });

const faces = [...readFileSync(join(here, 'fonts.css'), 'utf8').matchAll(/@font-face \{[^}]*\}/g)].flatMap(
  ([rule]) => {
    const file = /fonts\/([^"]*)/.exec(rule)?.[1];
    const range = /unicode-range:([^;]*)/.exec(rule)?.[1];
    return file !== undefined && range !== undefined ? [{ file, codes: codesOf(range) }] : [];
  },
);

const sources = readdirSync(join(here, '../..'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(here, '../..', path), 'utf8') }));

describe('the shipped fonts', () => {
  it('hold what the style sheet says of them, each character in one file', () => {
    expect(faces.map(({ file }) => file)).toEqual([
      'inter-basic.woff2',
      'inter-more.woff2',
      'stix-two-angle.woff2',
    ]);
    for (const { file, codes } of faces) {
      expect(
        [...(fonts.get(file) ?? [])].sort((a, b) => a - b),
        file,
      ).toEqual(codes.toSorted((a, b) => a - b));
    }
    const all = faces.flatMap(({ codes }) => codes);
    expect(new Set(all).size).toBe(all.length);
  });

  it('have every character that the app writes', () => {
    const text = new Set(faces.flatMap(({ codes }) => codes));
    const mathematics = fonts.get('stix-two-math.woff2') ?? new Set();
    const missing = sources.flatMap(({ path, text: source }) =>
      [...source]
        .filter((character) => character !== '\n')
        .filter((character) => {
          const code = character.codePointAt(0) ?? 0;
          // Operators that only equations have.
          return !text.has(code) && !mathematics.has(code);
        })
        .map((character) => `${character} in ${path}`),
    );
    expect(missing, 'Add these to src/app/ui/theme/fonts/make-fonts.sh, or write them otherwise.').toEqual(
      [],
    );
  });

  it('have every character of the equations', () => {
    const mathematics = fonts.get('stix-two-math.woff2') ?? new Set();
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![.\w])tex`[^`]*`/g)].flatMap(([equation]) =>
        [...renderEquations(equation)]
          .filter((character) => character !== '\n' && !mathematics.has(character.codePointAt(0) ?? 0))
          .map((character) => `${character} in ${equation} in ${path}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('come with their licenses', () => {
    for (const name of ['inter', 'jetbrains-mono', 'stix-two-math']) {
      const license = readFileSync(join(here, 'fonts', `${name}-license.txt`), 'utf8');
      expect(license).toContain('SIL OPEN FONT LICENSE');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { connectedComponents } from './connected-components.ts';

/** A mask drawn in rows of text. */
const draw = (...rows: string[]): [Uint8Array, number, number] => [
  Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0)),
  rows[0].length,
  rows.length,
];

describe('connectedComponents', () => {
  it('joins pixels that touch at a corner', () => {
    expect(connectedComponents(...draw('#...', '.#.#', '...#')).sizes).toEqual([2, 2]);
  });

  it('does not join across the edge of the image', () => {
    const { labels, sizes } = connectedComponents(...draw('..#', '#..', '..#'));
    expect(sizes).toEqual([1, 1, 1]);
    expect(Array.from(labels)).toEqual([0, 0, 1, 2, 0, 0, 0, 0, 3]);
  });

  it('joins arms of a shape that the scan meets separately', () => {
    expect(connectedComponents(...draw('#.#.#', '#.#.#', '#####')).sizes).toEqual([11]);
    expect(connectedComponents(...draw('#####', '#...#', '#.#.#', '#...#', '#####')).sizes).toEqual([16, 1]);
  });

  it('finds one region in a full mask of any values, and none in an empty one', () => {
    expect(connectedComponents(new Uint8Array(64 * 64).fill(255), 64, 64).sizes).toEqual([4096]);
    expect(connectedComponents(new Uint8Array(6), 3, 2).sizes).toEqual([]);
  });

  it('rejects a mask of another size', () => {
    expect(() => connectedComponents(new Uint8Array(5), 3, 2)).toThrow(/got 5/);
  });
});

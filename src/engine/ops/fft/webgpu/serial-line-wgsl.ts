/**
 * Transforms one complex line with one thread: two passes of butterflies in loops, joined by a private array. It has no
 * barrier and no workgroup memory, and neighboring threads do the same to neighboring lines, which suits SwiftShader.
 */

import type { LinePlan } from '../plan.ts';
import { type Direction, emitButterfly } from './butterfly-wgsl.ts';
import type { PointLoads, PointStores, PointValues } from './line-wgsl.ts';
import type { WgslBlock } from './wgsl-block.ts';

/** The private array between the two passes of a line. */
const declareLine = (block: WgslBlock, { length, radices }: LinePlan): void => {
  if (radices.length > 1) block.add(`var points : array<vec2f, ${length}>;`);
};

/**
 * Multiplies value k by the k-th power of exp(-+2 pi i position / length). Only the powers of two are read from the
 * table, since one load costs more than ten multiplications on SwiftShader; the others are products of few of them.
 */
const emitTwiddles = (
  block: WgslBlock,
  values: readonly string[],
  position: string,
  direction: Direction,
): readonly string[] => {
  const product = direction === 'forward' ? 'timesTwiddle' : 'timesConjugate';
  const powers: string[] = [];
  return values.map((value, k) => {
    if (k === 0) return value;
    const highest = 2 ** Math.floor(Math.log2(k));
    powers[k] =
      k === highest
        ? block.bind(`twiddles[${position} * ${k}]`)
        : block.bind(`timesTwiddle(${powers[highest]}, ${powers[k - highest]})`);
    return block.bind(`${product}(${value}, ${powers[k]})`);
  });
};

const emitLoop = (block: WgslBlock, index: string, count: number, body: () => void): void => {
  block.add(`for (var ${index} = 0; ${index} < ${count}; ${index}++) {`);
  body();
  block.add('}');
};

/** Stores at, or loads from, `points[first * stride + q]` where `across`, `points[q * stride + first]` otherwise. */
const place = (first: string, q: number, stride: number, across: boolean): string =>
  across ? `points[${first} * ${stride} + ${q}]` : `points[${q * stride} + ${first}]`;

/** The butterflies of the points `j + inner * i`. The results of one j are stored at `points[k * inner + j]`. */
const emitOuterPass = (
  block: WgslBlock,
  { radices: [outer, inner] }: LinePlan,
  direction: Direction,
  load: PointLoads,
): void =>
  emitLoop(block, 'j', inner, () => {
    const transformed = emitButterfly(block, load(block, 'j', inner, outer), direction);
    emitTwiddles(block, transformed, 'j', direction).forEach((value, k) => {
      block.add(`${place('j', k, inner, false)} = ${value};`);
    });
  });

const loadPrivate = (block: WgslBlock, count: number, at: (q: number) => string): string[] =>
  Array.from({ length: count }, (_, q) => block.bind(at(q)));

/**
 * Emits the transform of a line.
 * @param load emits the loads of the line's points
 * @param store emits the stores of the transformed points, unnormalized
 */
export const emitSerialLine = (
  block: WgslBlock,
  line: LinePlan,
  direction: Direction,
  load: PointLoads,
  store: PointStores,
): void => {
  const [outer, inner] = line.radices;
  if (inner === undefined) {
    block.add('let first = 0;');
    store(block, 'first', 1, emitButterfly(block, load(block, 'first', 1, outer), direction));
    return;
  }
  declareLine(block, line);
  emitOuterPass(block, line, direction, load);
  emitLoop(block, 'k', outer, () => {
    const values = loadPrivate(block, inner, (q) => place('k', q, inner, true));
    store(block, 'k', outer, emitButterfly(block, values, direction));
  });
};

/**
 * Emits a transform, `change` applied to each point of the spectrum, and the inverse transform. The spectrum never leaves
 * the registers: the last butterflies of the one transform hold what the first of the other need.
 */
export const emitSerialRoundTrip = (
  block: WgslBlock,
  line: LinePlan,
  load: PointLoads,
  change: PointValues,
  store: PointStores,
): void => {
  const [outer, inner] = line.radices;
  if (inner === undefined) {
    block.add('let first = 0;');
    const spectrum = emitButterfly(block, load(block, 'first', 1, outer), 'forward');
    const changed = change(block, 'first', 1, spectrum);
    store(block, 'first', 1, emitButterfly(block, changed, 'inverse'));
    return;
  }
  declareLine(block, line);
  emitOuterPass(block, line, 'forward', load);
  emitLoop(block, 'k', outer, () => {
    const values = loadPrivate(block, inner, (q) => place('k', q, inner, true));
    const changed = change(block, 'k', outer, emitButterfly(block, values, 'forward'));
    const inverse = emitButterfly(block, changed, 'inverse');
    emitTwiddles(block, inverse, 'k', 'inverse').forEach((value, q) => {
      block.add(`${place('k', q, inner, true)} = ${value};`);
    });
  });
  emitLoop(block, 'n', inner, () => {
    const values = loadPrivate(block, outer, (q) => place('n', q, inner, false));
    store(block, 'n', inner, emitButterfly(block, values, 'inverse'));
  });
};

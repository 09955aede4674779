/** The inner loops of a symmetric filter along one axis of a plane, for four results at a time. */

/** Distances from the middle that the first sweep covers besides the middle itself; later ones cover fewer. */
export const firstReach = 5;
export const laterReach = 4;

/** Results per iteration. They are neighbors along the filtered axis, so they share most of their inputs. */
export const resultsAtOnce = 4;

/** The elements that a sweep reads and writes. Offsets and strides are in elements. */
export interface SweepPath {
  /** From one element to the next along the filtered axis, in the source. */
  readonly sourceStride: number;
  /** From one group of four results to the next, in the source. */
  readonly sourceStep: number;
  /** The same for the target. */
  readonly targetStride: number;
  readonly targetStep: number;
  /** Number of groups. */
  readonly groups: number;
}

/**
 * Writes weights[0] source[m] + the sum over t = 1 to 5 of weights[t] (source[m - t] + source[m + t]).
 * @param first index in the source of the element 5 before the middle of the first result
 * @param to index in the target of the first result
 */
export const firstSweep = (
  source: Float64Array,
  first: number,
  weights: Float64Array,
  target: Float64Array,
  to: number,
  { sourceStride: stride, sourceStep, targetStride, targetStep, groups }: SweepPath,
): void => {
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  const w3 = weights[3];
  const w4 = weights[4];
  const w5 = weights[5];
  for (let group = 0; group < groups; group++) {
    // `| 0` at every step keeps integers: products and sums that might overflow cost a test each.
    let at = (first + group * sourceStep) | 0;
    const v0 = source[at];
    at = (at + stride) | 0;
    const v1 = source[at];
    at = (at + stride) | 0;
    const v2 = source[at];
    at = (at + stride) | 0;
    const v3 = source[at];
    at = (at + stride) | 0;
    const v4 = source[at];
    at = (at + stride) | 0;
    const v5 = source[at];
    at = (at + stride) | 0;
    const v6 = source[at];
    at = (at + stride) | 0;
    const v7 = source[at];
    at = (at + stride) | 0;
    const v8 = source[at];
    at = (at + stride) | 0;
    const v9 = source[at];
    at = (at + stride) | 0;
    const v10 = source[at];
    at = (at + stride) | 0;
    const v11 = source[at];
    at = (at + stride) | 0;
    const v12 = source[at];
    at = (at + stride) | 0;
    const v13 = source[at];
    at = (to + group * targetStep) | 0;
    target[at] =
      w5 * (v0 + v10) + w4 * (v1 + v9) + w3 * (v2 + v8) + w2 * (v3 + v7) + w1 * (v4 + v6) + w0 * v5;
    at = (at + targetStride) | 0;
    target[at] =
      w5 * (v1 + v11) + w4 * (v2 + v10) + w3 * (v3 + v9) + w2 * (v4 + v8) + w1 * (v5 + v7) + w0 * v6;
    at = (at + targetStride) | 0;
    target[at] =
      w5 * (v2 + v12) + w4 * (v3 + v11) + w3 * (v4 + v10) + w2 * (v5 + v9) + w1 * (v6 + v8) + w0 * v7;
    at = (at + targetStride) | 0;
    target[at] =
      w5 * (v3 + v13) + w4 * (v4 + v12) + w3 * (v5 + v11) + w2 * (v6 + v10) + w1 * (v7 + v9) + w0 * v8;
  }
};

/**
 * Adds the sum over t = tap to tap + 3 of weights[t] (source[m - t] + source[m + t]).
 * @param below index in the source of the element `tap` + 3 before the middle of the first result
 * @param above index of the element `tap` after it
 */
export const laterSweep = (
  source: Float64Array,
  below: number,
  above: number,
  weights: Float64Array,
  tap: number,
  target: Float64Array,
  to: number,
  { sourceStride: stride, sourceStep, targetStride, targetStep, groups }: SweepPath,
): void => {
  const w0 = weights[tap];
  const w1 = weights[tap + 1];
  const w2 = weights[tap + 2];
  const w3 = weights[tap + 3];
  for (let group = 0; group < groups; group++) {
    let at = (below + group * sourceStep) | 0;
    const b0 = source[at];
    at = (at + stride) | 0;
    const b1 = source[at];
    at = (at + stride) | 0;
    const b2 = source[at];
    at = (at + stride) | 0;
    const b3 = source[at];
    at = (at + stride) | 0;
    const b4 = source[at];
    at = (at + stride) | 0;
    const b5 = source[at];
    at = (at + stride) | 0;
    const b6 = source[at];
    at = (above + group * sourceStep) | 0;
    const a0 = source[at];
    at = (at + stride) | 0;
    const a1 = source[at];
    at = (at + stride) | 0;
    const a2 = source[at];
    at = (at + stride) | 0;
    const a3 = source[at];
    at = (at + stride) | 0;
    const a4 = source[at];
    at = (at + stride) | 0;
    const a5 = source[at];
    at = (at + stride) | 0;
    const a6 = source[at];
    at = (to + group * targetStep) | 0;
    target[at] += w0 * (b3 + a0) + w1 * (b2 + a1) + w2 * (b1 + a2) + w3 * (b0 + a3);
    at = (at + targetStride) | 0;
    target[at] += w0 * (b4 + a1) + w1 * (b3 + a2) + w2 * (b2 + a3) + w3 * (b1 + a4);
    at = (at + targetStride) | 0;
    target[at] += w0 * (b5 + a2) + w1 * (b4 + a3) + w2 * (b3 + a4) + w3 * (b2 + a5);
    at = (at + targetStride) | 0;
    target[at] += w0 * (b6 + a3) + w1 * (b5 + a4) + w2 * (b4 + a5) + w3 * (b3 + a6);
  }
};

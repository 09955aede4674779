/** Training images for timings: noise around a plane, the same for every candidate. */
import { createRng } from '#core/rng.ts';

/** Values of [batch, side, side, 3] in [0, 1]. */
export const benchImages = (batch: number, side: number): Float32Array => {
  const { uniform } = createRng(1, 'bench/images');
  return Float32Array.from({ length: batch * side * side * 3 }, () => uniform());
};

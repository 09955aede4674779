/** Two maps over frequencies in one picture. */
import { signedFrequency } from '#core/spectrum/signed-frequency.ts';

/**
 * A map whose negative column frequencies are those of one map, and the others those of another: its left and right half,
 * once shifted. Weights are the same at a frequency and at its mirror image, so each half shows all of its map.
 * @param left @param right [side, side] row-major, unshifted
 * @returns [side, side] row-major, unshifted
 */
export const halfAndHalf = (left: Float32Array, right: Float32Array, side: number): Float32Array =>
  right.map((value, at) => (signedFrequency(at % side, side) < 0 ? left[at] : value));

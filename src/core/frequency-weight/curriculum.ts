/** The curriculum: the frequency weight grows from uniform to its final form over the first part of a run. */
import type { RunConfig } from '../config.ts';
import { ResiduaError } from '../errors.ts';

/**
 * s = min(1, t / (c N)): the exponent of the weight in one step.
 * @param step t, counted from 1
 * @param steps N, of the whole run
 * @param curriculum c, the fraction of the run in which the weight grows; 0 means no curriculum
 * @returns in (0, 1]
 */
export const curriculumExponent = (step: number, steps: number, curriculum: number): number =>
  curriculum === 0 ? 1 : Math.min(1, step / (curriculum * steps));

/** Whether a curriculum changes the loss of some steps: only the WFDL has a growing weight. */
export const hasCurriculum = ({
  loss,
  compositeWfdl,
  curriculum,
}: Pick<RunConfig, 'loss' | 'compositeWfdl' | 'curriculum'>): boolean =>
  curriculum > 0 && (loss === 'wfdl' || (loss === 'composite' && compositeWfdl > 0));

/**
 * The weight of a step: w^s, rescaled to the mean of w over all frequencies except (0, 0), which gets `dcWeight` times the
 * largest new value.
 * @param weight the final weight w, unshifted, from `frequencyWeight`; its (0, 0) is ignored
 * @param exponent s in (0, 1], from `curriculumExponent`; 1 gives w
 * @returns a new array, computed in float64 and rounded
 * @throws ResiduaError `internal` if the exponent is not in (0, 1]
 */
export const curriculumWeight = (weight: Float32Array, exponent: number, dcWeight: number): Float32Array => {
  if (!(exponent > 0 && exponent <= 1)) {
    throw new ResiduaError(
      'internal',
      `The curriculum's exponent is ${exponent}, expected a value in (0, 1].`,
      '',
    );
  }
  if (exponent === 1) return weight.slice();
  const powers = Float64Array.from(weight, (value, index) => (index === 0 ? 0 : value ** exponent));
  const sumOf = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let index = 1; index < values.length; index++) sum += values[index]!;
    return sum;
  };
  const factor = sumOf(weight) / sumOf(powers);
  const largest = powers.reduce((most, value) => Math.max(most, value), 0);
  return Float32Array.from(powers, (value, index) => factor * (index === 0 ? dcWeight * largest : value));
};

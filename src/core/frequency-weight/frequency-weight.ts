/** The frequency weights w(u, v) of Eq. 8, unshifted (index 0 is the zero frequency). */
import type { RunConfig, WeightName } from '../config.ts';
import { ResiduaError } from '../errors.ts';
import { signedFrequency } from '../spectrum/signed-frequency.ts';
import { monotoneCurve } from './monotone-curve.ts';
import { parseWeightCurve } from './weight-curve.ts';

/** The settings that determine a weight. */
export type WeightConfig = Pick<
  RunConfig,
  'weight' | 'dcWeight' | 'weightPower' | 'weightGamma' | 'weightEpsilon' | 'weightCurve'
>;

const fill = (
  rows: number,
  columns: number,
  weightOf: (row: number, column: number, index: number) => number,
): Float64Array => {
  const weight = new Float64Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) weight[at] = weightOf(row, column, at);
  }
  return weight;
};

/**
 * Distance of each frequency from the zero frequency: sqrt(u^2 + v^2) of signed u, v.
 * @returns [rows, columns] row-major, unshifted
 */
export const frequencyRadii = (rows: number, columns: number): Float64Array =>
  fill(rows, columns, (row, column) =>
    Math.hypot(signedFrequency(row, rows), signedFrequency(column, columns)),
  );

/** The sum over all frequencies except zero, which `dcWeight` sets. */
const sumBesidesDc = (weight: Float64Array): number => {
  let sum = 0;
  for (let i = 1; i < weight.length; i++) sum += weight[i];
  return sum;
};

const asRadial = (weight: Float64Array, radii: Float64Array): Float64Array => {
  const factor = sumBesidesDc(radii) / sumBesidesDc(weight);
  return weight.map((value) => value * factor);
};

/**
 * eps of the adaptive weights in units of |F|: the mean magnitude of white noise with this standard deviation, without the
 * factor sqrt(pi) / 2.
 */
export const spectrumFloor = (weightEpsilon: number, rows: number, columns: number): number =>
  weightEpsilon * Math.sqrt(rows * columns);

type WeightFunction = (
  config: WeightConfig,
  rows: number,
  columns: number,
  meanMagnitude: ArrayLike<number> | undefined,
) => Float64Array;

const adaptive: WeightFunction = ({ weight, weightGamma, weightEpsilon }, rows, columns, meanMagnitude) => {
  if (meanMagnitude?.length !== rows * columns) {
    throw new ResiduaError(
      'internal',
      `The weight ${weight} got a mean spectrum of ${meanMagnitude?.length ?? 0} values, expected ${rows * columns}.`,
      '',
    );
  }
  const floor = spectrumFloor(weightEpsilon, rows, columns);
  const radii = frequencyRadii(rows, columns);
  return asRadial(
    radii.map((radius, i) => radius / (floor + meanMagnitude[i]) ** weightGamma),
    radii,
  );
};

const curve: WeightFunction = ({ weightCurve }, rows, columns) => {
  const valueAt = monotoneCurve(parseWeightCurve(weightCurve));
  const radii = frequencyRadii(rows, columns);
  const largest = radii.reduce((most, radius) => Math.max(most, radius), 0);
  const drawn = radii.map((radius) => valueAt(radius / largest));
  if (sumBesidesDc(drawn) > 0) return asRadial(drawn, radii);
  throw new ResiduaError(
    'config-invalid',
    `The weight curve "${weightCurve}" is 0 at every frequency of ${rows} x ${columns} pixels.`,
    'Draw it above 0 over a wider range of radii.',
  );
};

const weightFunctions: Readonly<Record<WeightName, WeightFunction>> = {
  radial: (_, rows, columns) => frequencyRadii(rows, columns),
  'radial-literal': (_, rows, columns) => fill(rows, columns, (row, column) => Math.hypot(row, column)),
  uniform: (_, rows, columns) => fill(rows, columns, () => 1),
  power: ({ weightPower }, rows, columns) =>
    frequencyRadii(rows, columns).map((radius) => radius ** weightPower),
  'adaptive-dataset': adaptive,
  'adaptive-batch': adaptive,
  curve,
};

/**
 * Computes the weight of each frequency, by `config.weight`:
 * - `radial`: r = sqrt(u^2 + v^2) of signed frequencies (Eq. 7 as the paper's text describes it);
 * - `radial-literal`: the same for u, v in 0..M-1 (Eq. 7 as printed);
 * - `uniform`: 1 (Eq. 5);
 * - `power`: r^p, p = `weightPower`;
 * - `adaptive-dataset`, `adaptive-batch`: r / (eps + mean |F(u, v)|)^gamma, with eps from `spectrumFloor` and gamma =
 *   `weightGamma` (the proposal in the paper's conclusion); they differ in the images that the mean covers;
 * - `curve`: the monotone cubic through the points of `weightCurve`, as a function of r divided by the largest r.
 *
 * The last three are rescaled to the mean of `radial` over all frequencies except (0, 0). In all of them, (0, 0) is
 * `dcWeight` times the largest other weight: 0 is Eq. 7 as printed, 1 with `uniform` is Eq. 5.
 * @param meanMagnitude mean of |F(u, v)| over images and channels, with F unnormalized as in Eq. 2, [rows, columns] unshifted;
 *   the adaptive weights need it
 * @returns [rows, columns] row-major, unshifted: u in 0..rows-1, v in 0..columns-1
 * @throws ResiduaError `config-invalid` if `weightCurve` is invalid, or 0 at all these frequencies; `internal` if an
 *   adaptive weight gets no mean spectrum of this size
 */
export const frequencyWeight = (
  config: WeightConfig,
  rows: number,
  columns: number,
  meanMagnitude?: ArrayLike<number>,
): Float32Array => {
  const weight = Float32Array.from(weightFunctions[config.weight](config, rows, columns, meanMagnitude));
  weight[0] = 0;
  weight[0] = config.dcWeight * weight.reduce((most, value) => Math.max(most, value), 0);
  return weight;
};

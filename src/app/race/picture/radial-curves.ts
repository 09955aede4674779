/** The residual of the shown image by radius, as a curve for each contestant. */
import type { SampleView } from '#core/history.ts';
import type { CurvePoint } from '../../plot/curves.ts';

/** Beyond the largest radius inside the square, only the corners have frequencies. */
const largestWhole = (side: number): number => side / 2;

/**
 * Power of the residual over the power of the image, by radius, without the mean (radius 0).
 * @returns a point for each radius at which the image has power
 */
export const radialCurve = ({ output, inputPower, side }: SampleView): readonly CurvePoint[] => {
  if (!output) return [];
  return Array.from(output.residualPower)
    .map((power, radius) => ({ x: radius, y: power / inputPower[radius]! }))
    .filter(({ x, y }) => x > 0 && x <= largestWhole(side) && Number.isFinite(y) && y > 0);
};

const octaves = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** The abscissa of radial curves: radii on a logarithmic axis, with a tick per octave. */
export const radialAxis = (side: number) => {
  const most = largestWhole(side);
  return { domain: [1, most], ticks: octaves.filter((radius) => radius <= most), scale: 'log' } as const;
};

const leastEnd = 1e-3;

/** The ordinate, the same at all epochs: it holds 1, and ends at a round power of ten. */
export const powerAxis = (curves: readonly (readonly CurvePoint[])[]) => {
  const values = curves.flat().map(({ y }) => y);
  const least = Math.min(leastEnd * 10, ...values);
  const most = Math.max(1, ...values);
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most) - 1e-9)];
  const exponents = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return {
    domain: [10 ** from, 10 ** Math.max(to, from + 1)],
    ticks: exponents.map((exponent) => Number(`1e${exponent}`)),
    scale: 'log',
  } as const;
};

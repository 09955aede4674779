/**
 * Axes with round ticks. Steps are 1, 2 or 5 times a power of ten and never give more ticks than requested. d3's
 * `ticks` uses the nearest step, which may give more.
 */
import { extent, range } from 'd3-array';

/** A range of an axis with its ticks; the ticks lie inside the range. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** An axis of a chart. */
export interface ChartAxis extends Axis {
  readonly scale: 'linear' | 'log' | 'symlog';
}

/** The multiples of a step in a range. */
const multiples = (step: number, lower: number, upper: number): number[] =>
  range(Math.ceil(lower / step), Math.floor(upper / step) + 1).map((i) => Number((i * step).toPrecision(12)));

const powerBelow = (value: number): number => 10 ** Math.floor(Math.log10(value));

/** At least four ticks in a range that is not empty. */
export const evenTicks = (lower: number, upper: number): number[] => {
  const rough = (upper - lower) / 4;
  const power = powerBelow(rough);
  return multiples(power * ([5, 2].find((factor) => factor * power <= rough) ?? 1), lower, upper);
};

/** At most `most` + 1 ticks in a range that is not empty. */
const fewTicks = (lower: number, upper: number, most: number, whole = false): number[] => {
  const rough = (upper - lower) / most;
  const power = powerBelow(rough);
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return multiples(whole ? Math.max(1, step) : step, lower, upper);
};

const candidates: readonly (readonly number[])[] = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]];

/**
 * Ticks at the coarsest of 1, 1-3, 1-2-5, ... that gives at least three in the range, thinned to at most six; evenly spaced
 * ones if the range is too narrow for any of these.
 * @param values positive; others are ignored; without a positive value, the axis is 0.1 to 1
 */
export const logAxis = (values: readonly number[]): Axis => {
  const [least, most] = extent(values.filter((value) => value > 0 && Number.isFinite(value)));
  if (least === undefined) return { domain: [0.1, 1], ticks: [0.1, 1] };
  const margin = Math.max(1.05, (most / least) ** 0.04);
  const domain = [least / margin, most * margin] as const;
  const [low, high] = domain;
  const exponents = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1);
  const ticksOf = (mantissas: readonly number[]): number[] =>
    exponents
      .flatMap((exponent) => mantissas.map((mantissa) => Number(`${mantissa}e${exponent}`)))
      .filter((tick) => tick >= low && tick <= high);
  const ticks = candidates.map(ticksOf).find(({ length }) => length >= 3) ?? evenTicks(low, high);
  const every = Math.ceil(ticks.length / 6);
  return { domain, ticks: ticks.filter((_, i) => i % every === 0) };
};

/**
 * A linear axis that holds all values, with a margin on both sides that does not leave `within`.
 * @param values those that are not finite are left out; none, or one only, gives a range of its own
 */
export const linearAxis = (values: readonly number[], within: readonly [number, number]): Axis => {
  const [least, most] = extent(values.filter(Number.isFinite));
  if (least === undefined) return linearAxis([0, 1], within);
  const margin = most > least ? 0.06 * (most - least) : 0.05 * (Math.abs(most) || 1);
  const domain = [Math.max(within[0], least - margin), Math.min(within[1], most + margin)] as const;
  return { domain, ticks: fewTicks(...domain, 5) };
};

/** An axis of steps or epochs from `first` to `last`, with whole ticks if the values are whole. */
export const countAxis = (first: number, last: number | undefined, whole = true): Axis => {
  const domain = [first, Math.max(first + 1, last ?? 10)] as const;
  return { domain, ticks: fewTicks(...domain, 6, whole) };
};

/** Round numbers along an axis. */

const wholeAbove = (value: number): number => Math.ceil(value - 1e-9);
const wholeBelow = (value: number): number => Math.floor(value + 1e-9);

/** A range of an axis with its ticks; the ticks lie inside the range. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const candidates: readonly (readonly number[])[] = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]];

/** Multiples of 1, 2 or 5 times a power of ten in a range that is not empty: at least four. */
export const evenTicks = (lower: number, upper: number): number[] => {
  const rough = (upper - lower) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([5, 2].find((factor) => factor * power <= rough) ?? 1);
  const ticks: number[] = [];
  for (let i = Math.ceil(lower / step); i * step <= upper; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
};

/**
 * Ticks at the coarsest of 1, 1-3, 1-2-5, ... that gives at least three in the range, thinned to at most six;
 * evenly spaced ones where the range is too narrow for any of these.
 * @param values positive; others are left out, and nothing positive gives 0.1 to 1
 */
export const logAxis = (values: readonly number[]): Axis => {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (most === 0) return { domain: [0.1, 1], ticks: [0.1, 1] };
  const margin = Math.max(1.05, (most / least) ** 0.04);
  const domain = [least / margin, most * margin] as const;
  const low = wholeBelow(Math.log10(domain[0]));
  const high = wholeAbove(Math.log10(domain[1]));
  const ticksOf = (mantissas: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let exponent = low; exponent <= high; exponent++) {
      for (const mantissa of mantissas) {
        const tick = Number(`${mantissa}e${exponent}`);
        if (tick >= domain[0] && tick <= domain[1]) ticks.push(tick);
      }
    }
    return ticks;
  };
  const ticks = candidates.map(ticksOf).find(({ length }) => length >= 3) ?? evenTicks(...domain);
  const every = Math.ceil(ticks.length / 6);
  return { domain, ticks: ticks.filter((_, i) => i % every === 0) };
};

/** At most `most` + 1 multiples of 1, 2 or 5 times a power of ten in a range that is not empty. */
const fewTicks = (lower: number, upper: number, most: number, whole = false): number[] => {
  const rough = (upper - lower) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const even = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const step = whole ? Math.max(1, even) : even;
  const ticks: number[] = [];
  for (let i = Math.ceil(lower / step); i * step <= upper; i++)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
};

/**
 * A linear axis that holds all values, with a margin on both sides that does not leave `within`.
 * @param values those that are not finite are left out; none, or one only, gives a range of its own
 */
export const linearAxis = (values: readonly number[], within: readonly [number, number]): Axis => {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return linearAxis([0, 1], within);
  const margin = most > least ? 0.06 * (most - least) : 0.05 * (Math.abs(most) || 1);
  const domain = [Math.max(within[0], least - margin), Math.min(within[1], most + margin)] as const;
  return { domain, ticks: fewTicks(...domain, 5) };
};

/** An axis of steps or epochs from `first` to `last`, with whole ticks where there are whole values only. */
export const countAxis = (first: number, last: number | undefined, whole = true): Axis => {
  const domain = [first, Math.max(first + 1, last ?? 10)] as const;
  return { domain, ticks: fewTicks(...domain, 6, whole) };
};

/** The stops of the band's handles: dense where most of the residual's energy lies. */
import { largestBandRadius } from '#core/config.ts';

/** Up to this radius the stops lie halfway between whole radii, because each radius is a large share of a low band. */
const fineUpTo = 8;
const ratio = 1.15;

/**
 * Returns the stops for a side, ascending: 0 (all), 0.5 (without the mean), halfway between radii, then in
 * steps of 15 %. The last is the largest setting, which passes every frequency.
 */
export const bandStops = (side: number): readonly number[] => {
  const largest = Math.SQRT2 * (side / 2);
  const stops = [0];
  for (let stop = 0.5; stop < Math.min(largest, fineUpTo); stop += 1) stops.push(stop);
  for (let stop = fineUpTo; stop < largest; stop *= ratio) stops.push(Math.floor(stop) + 0.5);
  return [...stops, largestBandRadius];
};

/** Returns the index of the stop nearest to a radius. */
export const nearestStop = (stops: readonly number[], radius: number): number =>
  stops.reduce(
    (best, stop, index) => (Math.abs(stop - radius) < Math.abs(stops[best]! - radius) ? index : best),
    0,
  );

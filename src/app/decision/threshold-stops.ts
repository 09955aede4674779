/** The thresholds with different outcomes, and the keys that walk along them. */
import { bisector } from 'd3-array';

/**
 * Distinct scores from the highest down, after a threshold above them all: each stop flags more images than the one before.
 * @param above any number above all scores: it flags no image
 */
export const thresholdStops = (scores: ArrayLike<number>, above: number): readonly number[] => [
  above,
  ...[...new Set(Array.from(scores))].sort((a, b) => b - a),
];

const fromHighest = bisector((stop: number, threshold: number) => threshold - stop);

/** The stop that flags the same images as a given threshold: the lowest stop at or above it. */
export const stopOf = (stops: readonly number[], threshold: number): number =>
  Math.max(0, fromHighest.right(stops, threshold) - 1);

/** Stops by which each key raises the threshold. */
const raises: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** A page is a tenth of the stops. */
const pages: Readonly<Record<string, number>> = { PageUp: 1, PageDown: -1 };

/**
 * The threshold after a key; undefined if the key does not move it.
 * @param direction 1 if arrows to the right raise the threshold, -1 if they lower it, as along a ROC curve
 */
export const thresholdAfterKey = (
  stops: readonly number[],
  threshold: number,
  key: string,
  direction: 1 | -1,
): number | undefined => {
  const last = stops.length - 1;
  const page = Math.max(1, Math.round(last / 10));
  if (key === 'Home') return stops[direction === 1 ? last : 0];
  if (key === 'End') return stops[direction === 1 ? 0 : last];
  const raise = raises[key] ?? (key in pages ? pages[key] * page : undefined);
  if (raise === undefined) return undefined;
  return stops[Math.min(last, Math.max(0, stopOf(stops, threshold) - direction * raise))];
};

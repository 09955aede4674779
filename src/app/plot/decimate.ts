/** Long curves reduced to the points that the eye can see. */
import type { CurvePoint, NamedCurve } from './curves.ts';

/**
 * The first and the last point, and the least and the greatest of each of `buckets` equal parts of the abscissa between:
 * the outline of a noisy curve, as long as a bucket is no wider than a pixel or two.
 * @param points by rising x
 * @returns at most 2 * buckets + 2 points, by rising x; `points` itself if it has no more
 */
export const outline = (points: readonly CurvePoint[], buckets: number): readonly CurvePoint[] => {
  if (points.length <= 2 * buckets + 2) return points;
  const first = points[0]!;
  const last = points.at(-1)!;
  const kept: CurvePoint[] = [first];
  const width = (last.x - first.x) / buckets;
  let i = 1;
  for (let bucket = 0; bucket < buckets && i < points.length - 1; bucket++) {
    const end = bucket === buckets - 1 ? Number.POSITIVE_INFINITY : first.x + (bucket + 1) * width;
    let least: CurvePoint | undefined;
    let greatest: CurvePoint | undefined;
    for (; i < points.length - 1 && points[i]!.x <= end; i++) {
      const point = points[i]!;
      if (!least || point.y < least.y) least = point;
      if (!greatest || point.y > greatest.y) greatest = point;
    }
    if (!least || !greatest) continue;
    if (least === greatest) kept.push(least);
    else if (least.x < greatest.x) kept.push(least, greatest);
    else kept.push(greatest, least);
  }
  kept.push(last);
  return kept;
};

/**
 * Points that span the largest triangles with their neighbors, one per bucket, including the first and the last: the
 * course of a smooth curve (Steinarsson 2013, largest triangle three buckets).
 * @param points by rising x
 * @param most at least 3
 * @param heightOf the drawn height of an ordinate, to any scale: its logarithm on a logarithmic axis
 * @returns at most `most` points, by rising x; `points` itself if it has no more
 */
export const largestTriangles = (
  points: readonly CurvePoint[],
  most: number,
  heightOf: (y: number) => number = (y) => y,
): readonly CurvePoint[] => {
  if (points.length <= most) return points;
  const every = (points.length - 2) / (most - 2);
  const startOf = (bucket: number): number => 1 + Math.floor(bucket * every);
  const kept: CurvePoint[] = [points[0]!];
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const nextStart = startOf(bucket + 1);
    const nextEnd = Math.min(points.length, Math.max(nextStart + 1, startOf(bucket + 2)));
    let meanX = 0;
    let meanY = 0;
    for (let i = nextStart; i < nextEnd; i++) {
      meanX += points[i]!.x / (nextEnd - nextStart);
      meanY += heightOf(points[i]!.y) / (nextEnd - nextStart);
    }
    const before = kept.at(-1)!;
    const beforeY = heightOf(before.y);
    let chosen = points[startOf(bucket)]!;
    let largest = -1;
    for (let i = startOf(bucket); i < nextStart; i++) {
      const { x, y } = points[i]!;
      const area = Math.abs(
        (before.x - meanX) * (heightOf(y) - beforeY) - (before.x - x) * (meanY - beforeY),
      );
      if (area > largest) {
        largest = area;
        chosen = points[i]!;
      }
    }
    kept.push(chosen);
  }
  kept.push(points.at(-1)!);
  return kept;
};

interface Thinned {
  readonly width: number;
  readonly scale: string;
  readonly points: readonly CurvePoint[];
}

/** Keyed by the points of the curve: those of retained runs stay the same while the present run's grow. */
const known = new WeakMap<readonly CurvePoint[], Thinned>();

/** Before a chart has been measured. */
const assumedWidth = 240;
/** Rounds widths up: resizing a panel does not thin its curves again at each pixel. */
const widthStep = 40;
/** Pixels of the chart per point of a smooth curve. */
const pixelsPerPoint = 2;

/**
 * A faint curve is reduced to its outline, the extremes of every other pixel; other curves to their course.
 * @param width of the plot, in pixels; 0 or less if it is not known
 * @param scale of the ordinate
 */
export const thinned = (curve: NamedCurve, width: number, scale: 'linear' | 'log' | 'symlog'): NamedCurve => {
  const plot = width > 0 ? widthStep * Math.ceil(width / widthStep) : assumedWidth;
  const before = known.get(curve.points);
  if (before?.width === plot && before.scale === scale) return { ...curve, points: before.points };
  const most = Math.max(60, plot / pixelsPerPoint);
  const points = curve.faint
    ? outline(curve.points, most)
    : largestTriangles(curve.points, most, scale === 'log' ? Math.log : undefined);
  known.set(curve.points, { width: plot, scale, points });
  return { ...curve, points };
};

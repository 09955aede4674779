/** Curves as a chart of some width draws them; a curve that has not changed is thinned once. */
import type { CurvePoint, NamedCurve } from './curves.ts';
import { largestTriangles, outline } from './decimate.ts';

interface Thinned {
  readonly width: number;
  readonly scale: string;
  readonly points: readonly CurvePoint[];
}

/** By the points of the curve: those of kept runs stay while the present run's grow. */
const known = new WeakMap<readonly CurvePoint[], Thinned>();

/** Before a chart has been measured. */
const assumedWidth = 240;
/** Widths within one of these are alike: a panel that is being dragged does not thin anew at each pixel. */
const widthStep = 40;
/** Pixels of the chart to one point of a smooth curve. */
const pixelsPerPoint = 2;

/**
 * A faint curve keeps its outline, least and greatest every other pixel; another its course.
 * @param width of the plot, in pixels; 0 or less where it is not known
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

/** A smooth curve through points. It rises and falls only where the points do. */

/** One control point of a curve. */
export interface CurvePoint {
  /** Distance from the zero frequency as a fraction of the largest one, in [0, 1]. */
  readonly radius: number;
  /** Weight at that distance, from 0 to `largestCurveValue`. Only ratios count: the whole curve is rescaled. */
  readonly value: number;
}

/** Slopes at the points: those of a cubic that never overshoots. */
const slopesOf = (points: readonly CurvePoint[]): number[] => {
  const secants = points
    .slice(1)
    .map(({ radius, value }, i) => (value - points[i].value) / (radius - points[i].radius));
  const slopes = points.map((_, i) => {
    const [before, after] = [secants[i - 1] ?? secants[i], secants[i] ?? secants[i - 1]];
    return before * after > 0 ? (before + after) / 2 : 0;
  });
  secants.forEach((secant, i) => {
    if (secant === 0) return;
    const size = Math.hypot(slopes[i] / secant, slopes[i + 1] / secant);
    if (size <= 3) return;
    slopes[i] *= 3 / size;
    slopes[i + 1] *= 3 / size;
  });
  return slopes;
};

/**
 * The monotone cubic through control points, constant beyond the first and the last.
 * Source: Fritsch and Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numer. Anal. 17, 1980.
 * @param points at least two, radii strictly ascending
 * @returns the value at a radius, which lies between the values of the two neighboring points
 */
export const monotoneCurve = (points: readonly CurvePoint[]): ((radius: number) => number) => {
  const slopes = slopesOf(points);
  const last = points.length - 1;
  return (radius) => {
    if (radius <= points[0].radius) return points[0].value;
    if (radius >= points[last].radius) return points[last].value;
    const right = points.findIndex((point) => point.radius > radius);
    const [start, end] = [points[right - 1], points[right]];
    const width = end.radius - start.radius;
    const t = (radius - start.radius) / width;
    const smooth = t * t * (3 - 2 * t);
    const cubic =
      start.value +
      (end.value - start.value) * smooth +
      width * t * (1 - t) * ((1 - t) * slopes[right - 1] - t * slopes[right]);
    // Rounding may push the value out of that interval.
    return Math.min(Math.max(cubic, Math.min(start.value, end.value)), Math.max(start.value, end.value));
  };
};

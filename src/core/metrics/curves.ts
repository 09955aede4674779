/** The ROC and precision-recall curves of anomaly scores, as points to draw. */
import { type OperatingPoints, operatingPoints, type UndefinedMetric } from './operating-points.ts';
import { thinCurve } from './thin-curve.ts';

/** A point of the ROC curve; rates in [0, 1]. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  /** Images with at least this score are flagged as anomalous; +Infinity at the start, where none is. */
  readonly threshold: number;
}

/** A point of the precision-recall curve; both in [0, 1]. */
export interface PrecisionRecallPoint {
  readonly recall: number;
  readonly precision: number;
  /** Images with at least this score are flagged as anomalous; +Infinity at recall 0, where none is flagged. */
  readonly threshold: number;
}

/** A curve, or the reason that it is undefined. */
export type Curve<Point> = { readonly defined: true; readonly points: readonly Point[] } | UndefinedMetric;

/** A fifth of a pixel on a chart that is 800 pixels wide: invisible. */
const drawableTolerance = 1 / 4000;

const thinned = <Point>(
  points: OperatingPoints,
  pointAt: (truePositives: number, falsePositives: number, threshold: number) => Point,
  axes: (point: Point) => readonly [number, number],
  beginning: Point,
  tolerance: number,
): Curve<Point> => {
  const all = [beginning];
  points.thresholds.forEach((threshold, k) => {
    all.push(pointAt(points.truePositives[k], points.falsePositives[k], threshold));
  });
  const places = all.map(axes);
  const kept = thinCurve(
    places.map(([x]) => x),
    places.map(([, y]) => y),
    tolerance,
  );
  return { defined: true, points: kept.map((index) => all[index]) };
};

/**
 * The ROC curve from (0, 0) to (1, 1), with straight lines between its points; a line is oblique if scores tie across classes.
 * Its area is `imageAuroc`, within `tolerance` times the curve's length of at most 2.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @param tolerance largest distance of an omitted point from the drawn line, in units of the axes; 0 for the exact curve
 * @returns undefined, with the reason, without images, for a single class, or for a score that is not finite
 * @throws RangeError if the two lists differ in length
 */
export const rocCurve = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  tolerance = drawableTolerance,
): Curve<RocPoint> => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  return thinned<RocPoint>(
    points,
    (truePositives, falsePositives, threshold) => ({
      falsePositiveRate: falsePositives / points.negatives,
      truePositiveRate: truePositives / points.positives,
      threshold,
    }),
    ({ falsePositiveRate, truePositiveRate }) => [falsePositiveRate, truePositiveRate],
    { falsePositiveRate: 0, truePositiveRate: 0, threshold: Number.POSITIVE_INFINITY },
    tolerance,
  );
};

/**
 * The precision-recall curve from recall 0 to 1. It starts at precision 1 by convention, because no image is flagged there.
 * `averagePrecision` is the area under its steps, which extend each point's precision back to the previous recall; it is not
 * the area under straight lines between the points.
 * @param scores one score per image, any range; higher means more anomalous
 * @param anomalous whether each image is anomalous, in the same order
 * @param tolerance largest distance of an omitted point from the drawn line, in units of the axes; 0 for the exact curve
 * @returns undefined, with the reason, without images, for a single class, or for a score that is not finite
 * @throws RangeError if the two lists differ in length
 */
export const precisionRecallCurve = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  tolerance = drawableTolerance,
): Curve<PrecisionRecallPoint> => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  return thinned<PrecisionRecallPoint>(
    points,
    (truePositives, falsePositives, threshold) => ({
      recall: truePositives / points.positives,
      precision: truePositives / (truePositives + falsePositives),
      threshold,
    }),
    ({ recall, precision }) => [recall, precision],
    { recall: 0, precision: 1, threshold: Number.POSITIVE_INFINITY },
    tolerance,
  );
};

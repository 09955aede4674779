/** The operating points of the ROC and the precision-recall curve. */
import { type OperatingPoints, operatingPoints } from '#core/metrics/operating-points.ts';
import type { Place } from '../plot/plot-area.ts';

/** The rates at a threshold, all in [0, 1]. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly recall: number;
  /** 1 if no image is flagged: the convention for the start of the curve. */
  readonly precision: number;
}

export type Rate = Exclude<keyof OperatingPoint, 'threshold'>;

export const rateNames: Readonly<Record<Rate, string>> = {
  falsePositiveRate: 'false positive rate',
  recall: 'recall',
  precision: 'precision',
};

/** All points, from the threshold that flags no image to the threshold that flags all images. */
export type OperatingCurve =
  | { readonly defined: true; readonly prevalence: number; readonly points: readonly OperatingPoint[] }
  | { readonly defined: false; readonly reason: string };

const pointsOf = (
  { positives, negatives, thresholds, truePositives, falsePositives }: OperatingPoints,
  above: number,
): readonly OperatingPoint[] => [
  { threshold: above, falsePositiveRate: 0, recall: 0, precision: 1 },
  ...Array.from(thresholds, (threshold, k) => ({
    threshold,
    falsePositiveRate: falsePositives[k] / negatives,
    recall: truePositives[k] / positives,
    precision: truePositives[k] / (truePositives[k] + falsePositives[k]),
  })),
];

/**
 * All operating points of scores, in the order of `thresholdStops`.
 * @param above any number above all scores
 */
export const operatingCurve = (
  scores: ArrayLike<number>,
  anomalous: readonly boolean[],
  above: number,
): OperatingCurve => {
  const points = operatingPoints(scores, anomalous);
  if (!points.defined) return points;
  const { positives, negatives } = points;
  return { defined: true, prevalence: positives / (positives + negatives), points: pointsOf(points, above) };
};

/**
 * Index of the point nearest to a place in the drawing.
 * @param placeOf the place of a point
 * @param aspect width of the drawn square over its height
 */
export const nearestPoint = (
  points: readonly OperatingPoint[],
  placeOf: (point: OperatingPoint) => Place,
  [x, y]: Place,
  aspect = 1,
): number => {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  points.forEach((point, index) => {
    const [px, py] = placeOf(point);
    const distance = Math.hypot((px - x) * aspect, py - y);
    if (distance < least) {
      least = distance;
      nearest = index;
    }
  });
  return nearest;
};

/** Corners of the steps whose area is the average precision: each precision holds from the recall before it. */
export const precisionSteps = (points: readonly OperatingPoint[]): readonly Place[] =>
  points.flatMap(({ recall, precision }, index): readonly Place[] =>
    index === 0
      ? [[recall, precision]]
      : [
          [points[index - 1].recall, precision],
          [recall, precision],
        ],
  );

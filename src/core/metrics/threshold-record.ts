/** A threshold in the files of a run. */
import * as v from 'valibot';
import { falseAlarmRate } from './false-alarm-rate.ts';
import {
  type ChosenThreshold,
  fittedOnNames,
  type ThresholdData,
  type ThresholdPolicy,
} from './threshold.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The schema behind `ThresholdRecord`. */
export const thresholdRecordSchema = v.object({
  /** Images with a score of at least this are anomalous. */
  threshold: v.pipe(v.number(), v.finite()),
  policy: v.picklist(['manual', 'f1-maximum', 'good-quantile']),
  /** The quantile of the policy `good-quantile`. */
  quantile: v.optional(share),
  fittedOn: v.picklist(fittedOnNames),
  /** Number of images that it was fitted on. */
  images: count,
  /**
   * False alarms on the held-out images that it was fitted on, with the 95 % Clopper-Pearson interval of the rate on new good
   * parts; absent if it was fitted on other images.
   */
  heldOutFalseAlarms: v.optional(v.object({ falseAlarms: count, images: count, lower: share, upper: share })),
});

export type ThresholdRecord = v.InferOutput<typeof thresholdRecordSchema>;

/** The record of a threshold; undefined if the threshold is undefined or not finite. */
export const thresholdRecord = (
  policy: ThresholdPolicy,
  chosen: ChosenThreshold,
  { testScores, goodTrainingScores }: Pick<ThresholdData, 'testScores' | 'goodTrainingScores'>,
): ThresholdRecord | undefined => {
  if (!chosen.defined || !Number.isFinite(chosen.threshold)) return undefined;
  const { threshold, fittedOn } = chosen;
  const images = {
    'no images': 0,
    'test images': testScores.length,
    'held-out images': goodTrainingScores.length,
    'training images': goodTrainingScores.length,
  }[fittedOn];
  const rate = fittedOn === 'held-out images' ? falseAlarmRate(goodTrainingScores, threshold) : undefined;
  return {
    threshold,
    policy: policy.kind,
    ...(policy.kind === 'good-quantile' ? { quantile: policy.quantile } : {}),
    fittedOn,
    images,
    ...(rate ? { heldOutFalseAlarms: rate } : {}),
  };
};

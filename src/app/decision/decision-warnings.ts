/** What makes a threshold useless in practice: it rejects most good parts, or the scores hardly separate the classes. */
import type { Metric } from '#core/history.ts';
import type { Confusion, ThresholdPolicy } from '#core/metrics/threshold.ts';

/** An AUROC below this is too near to chance (0.5) for any threshold to be of use. */
const leastUsefulAuroc = 0.6;

/** @param confusion of the test images at the threshold; undefined without a threshold */
export const decisionWarnings = (imageAuroc: Metric, confusion: Confusion | undefined): readonly string[] => {
  const flagged = confusion?.falsePositives ?? 0;
  const good = flagged + (confusion?.trueNegatives ?? 0);
  return [
    ...(imageAuroc.defined && imageAuroc.value < leastUsefulAuroc
      ? [
          `AUROC ${imageAuroc.value.toFixed(3)}: these scores hardly tell anomalous from good images, so no threshold will.`,
        ]
      : []),
    ...(flagged > good / 2
      ? [`This threshold rejects ${flagged} of ${good} good images: more than half.`]
      : []),
  ];
};

/**
 * Says that the good images are too few for the allowed fraction of false alarms; undefined if they are enough.
 * @param goodCount images that the threshold is fitted on
 */
export const limitWarning = (policy: ThresholdPolicy, goodCount: number): string | undefined => {
  if (policy.kind !== 'good-quantile' || goodCount === 0 || (1 - policy.quantile) * goodCount >= 1 - 1e-9)
    return;
  const least = (100 / goodCount).toFixed(1);
  return `${goodCount} good images cannot show a fraction below ${least} %: the threshold is above all their scores.`;
};

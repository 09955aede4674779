/** The fitted threshold as printed by `npm run train`. */
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';

const percent = (share: number): string => (100 * share).toFixed(1);

/** `Threshold 0.0123, the 0.95 quantile of 21 held-out images: 2 of 21 reach it (9.5 %, 95 % interval 1.2 to 30.4 %).` */
export const thresholdText = (threshold: ThresholdRecord | { readonly reason: string }): string => {
  if ('reason' in threshold) return `No threshold: ${threshold.reason}`;
  const { quantile, images, fittedOn, heldOutFalseAlarms: rate } = threshold;
  const value = Number(threshold.threshold.toPrecision(4));
  const start = `Threshold ${value}, the ${quantile} quantile of ${images} ${fittedOn}`;
  if (!rate) return `${start}: the network was trained on them, so expect more false alarms on new parts.`;
  const { falseAlarms, lower, upper } = rate;
  const interval = `95 % interval ${percent(lower)} to ${percent(upper)} %`;
  return `${start}: ${falseAlarms} of ${rate.images} reach it (${percent(falseAlarms / rate.images)} %, ${interval}).`;
};

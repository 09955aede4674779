/** The false-alarm rates that can be counted at a threshold. */
import { falseAlarmRate } from '#core/metrics/false-alarm-rate.ts';
import type { GoodTrainingScores } from '#store/decision/state.ts';
import type { FalseAlarmEntry } from './FalseAlarmRates.tsx';
import type { ScoredImages } from './scored-images.ts';

/** On the held-out images and on the good test images, where these are scored. Images that are trained on have no rate. */
export const falseAlarmEntries = (
  { evaluation, source, scores, labels }: ScoredImages,
  good: GoodTrainingScores,
  threshold: number,
): readonly FalseAlarmEntry[] => {
  const heldOut = good.phase === 'ready' && good.evaluation === evaluation && good.heldOut ? good.scores : [];
  const tested =
    source === 'test images' ? Array.from(scores).filter((_, image) => !labels.anomalous[image]) : [];
  const entry = (images: FalseAlarmEntry['images'], of: ArrayLike<number>): FalseAlarmEntry[] => {
    const rate = falseAlarmRate(of, threshold);
    return rate ? [{ images, rate }] : [];
  };
  return [...entry('held-out', heldOut), ...entry('good test', tested)];
};

/** How often a threshold flags good images. */
import { clopperPearson, type RateInterval } from './clopper-pearson.ts';

/** A counted rate of false alarms, with its 95 % Clopper-Pearson interval. */
export interface FalseAlarmRate extends RateInterval {
  /** Good images whose score is at least the threshold. */
  readonly falseAlarms: number;
  /** Number of good images, at least 1. */
  readonly images: number;
}

/** The rate on these good images; undefined if there are none. */
export const falseAlarmRate = (
  goodScores: ArrayLike<number>,
  threshold: number,
): FalseAlarmRate | undefined => {
  const images = goodScores.length;
  if (images === 0) return undefined;
  const falseAlarms = Array.from(goodScores).filter((score) => score >= threshold).length;
  return { falseAlarms, images, ...clopperPearson(falseAlarms, images) };
};

/** Scores of the calibrated residual, by reduction of its map of squared distances. */
import type { Calibration } from '../calibration/calibration.ts';
import { componentIntervals } from '../calibration/residual-components.ts';
import { distancesAtOnce, distancesBy } from '../calibration/residual-distances.ts';
import { reductionOf } from './measures.ts';
import { channels } from './residual-planes.ts';
import type { ScoreScratch } from './score-scratch.ts';
import type { ScoreSettings } from './score-settings.ts';
import { checkImages, type ImagePair, type ImageScore, type Scorer } from './scorer.ts';

/**
 * Prepares a score of the calibrated residual.
 * @param settings a score that can be calibrated
 * @param scratch memory shared with other scorers of this thread
 * @throws RangeError if the calibration is missing or has other components, or if a band needs a transform and the side is no
 *   power of two
 */
export const createCalibratedScorer = (
  settings: ScoreSettings,
  calibration: Calibration | undefined,
  { side, map, transform }: ScoreScratch,
): Scorer => {
  const components = channels * componentIntervals(side, settings).length;
  if (calibration?.components !== components || calibration.pixels !== side * side) {
    throw new RangeError(
      `The calibrated residual needs a calibration of ${components} planes of side ${side}.`,
    );
  }
  const distances = distancesBy(calibration, transform);
  const reduce = reductionOf(side, settings)!;
  /** Writes the map to the scratch memory. */
  const finish = (image: number, energy: number): number => {
    if (!Number.isFinite(energy)) {
      map.fill(Number.NaN);
      return Number.NaN;
    }
    map.set(distances.map(image));
    return reduce(map);
  };
  const scoreSeveral = (pairs: readonly ImagePair[], maps: readonly Float32Array[] = []): ImageScore[] => {
    if (pairs.length > distancesAtOnce) {
      throw new RangeError(`Expected at most ${distancesAtOnce} images, got ${pairs.length}.`);
    }
    for (const pair of pairs) checkImages(side, pair);
    const energies = pairs.map(({ input, reconstruction }, image) =>
      distances.take(image, input, reconstruction),
    );
    distances.measure(pairs.length);
    return energies.map((energy, image) => {
      const score = finish(image, energy.energy);
      maps[image]?.set(map);
      return { score, ...energy };
    });
  };
  return {
    side,
    calibrated: true,
    atOnce: distancesAtOnce,
    scoreSeveral,
    score: (input, reconstruction, target = new Float32Array(side * side)) => {
      const [score] = scoreSeveral([{ input, reconstruction }], [target]);
      return { ...score, map: target };
    },
    scoreOnly: (input, reconstruction) => scoreSeveral([{ input, reconstruction }])[0],
  };
};

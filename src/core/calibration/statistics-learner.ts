/** Statistics of what good images and their reconstructions differ by, image after image. */
import { channels, readResidual } from '../scores/residual-planes.ts';
import type { ScoreScratch } from '../scores/score-scratch.ts';
import { type ComponentSettings, createResidualComponents } from './residual-components.ts';
import { type ResidualStatistics, StatisticsCollector } from './residual-statistics.ts';

/** The most images that a calibration learns from. */
export const mostCalibrationImages = 256;

/** At most so many of the items, evenly spaced and in order: all of them where they are no more. */
export const evenlySpaced = <T>(items: readonly T[], most: number = mostCalibrationImages): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);

/** Learns from images of one side. */
export interface StatisticsLearner {
  /**
   * Adds one good image; nothing of it is kept.
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]: that of a model, or any other image that the input is compared with
   * @returns whether the residual is finite; one that is not is left out
   */
  add(input: Uint8Array, reconstruction: Float32Array): boolean;
  /**
   * The statistics of all images. Nothing may be added afterwards.
   * @throws RangeError where no image was added
   */
  finish(): ResidualStatistics;
}

/**
 * Prepares the statistics of residuals x - y. The sign of a residual changes no distance.
 * @param scratch memory shared with scorers of this thread
 */
export const createStatisticsLearner = (
  settings: ComponentSettings,
  { side, residual, transform }: ScoreScratch,
): StatisticsLearner => {
  const components = createResidualComponents(side, settings, transform);
  const { bandLow, bandHigh, calibrationBands } = settings;
  const collector = new StatisticsCollector(
    { bandLow, bandHigh, calibrationBands },
    components.planes.length,
    side * side,
  );
  return {
    add: (input, reconstruction) => {
      let energy = 0;
      for (let channel = 0; channel < channels; channel++) {
        energy += readResidual(input, reconstruction, channel, residual).energy;
        components.split(channel, residual);
      }
      if (!Number.isFinite(energy)) return false;
      collector.add(components.planes);
      return true;
    },
    finish: () => collector.finish(),
  };
};

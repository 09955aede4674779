/** The statistics of all images of a category, computed once and cached. */
import { evaluateStatistic, type StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import { statisticNames } from '#core/baselines/baseline-names.ts';
import { createImageStatistics, type ImageStatistics } from '#core/baselines/image-statistics.ts';
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { imageLabels, isFirstPicture } from '#core/tiles.ts';
import { testIndicesOf } from '../training-images.ts';
import { interruptible, type WorkOptions } from '../yield-point.ts';

export class StatisticTable {
  private readonly known: (ImageStatistics | undefined)[];

  constructor(private readonly images: ImageSet) {
    this.known = new Array(images.samples.length);
  }

  /**
   * Evaluates the statistics of the test split; an image in tiles has the mean of its tiles'. Canceled work resumes at the next call.
   * @param goodIndices good training images, the reference of the deviations
   * @throws ResiduaError `cancelled`
   */
  async evaluate(
    goodIndices: readonly number[],
    options: WorkOptions = {},
  ): Promise<readonly StatisticEvaluation[]> {
    const { samples } = this.images;
    const testIndices = testIndicesOf(this.images);
    await this.compute([...testIndices, ...goodIndices], options);
    const imagesAmong = (indices: readonly number[]): readonly number[] =>
      indices.filter((index) => isFirstPicture(samples[index]));
    const anomalous = imageLabels(samples, testIndices);
    return statisticNames.map((name) => {
      const valuesOf = (indices: readonly number[]): Float64Array =>
        Float64Array.from(imagesAmong(indices), (first) => {
          const tiles = this.known.slice(first, first + (samples[first].tile?.count ?? 1));
          return tiles.reduce((sum, statistics) => sum + statistics![name], 0) / tiles.length;
        });
      return evaluateStatistic(name, valuesOf(testIndices), anomalous, valuesOf(goodIndices));
    });
  }

  private async compute(indices: readonly number[], options: WorkOptions): Promise<void> {
    const { images, known } = this;
    const missing = indices.filter((index) => known[index] === undefined);
    if (missing.length === 0) return;
    const statisticsOf = createImageStatistics(images.side);
    for await (const index of interruptible(missing, options)) {
      known[index] = statisticsOf(imageBytes(images, index));
    }
  }
}

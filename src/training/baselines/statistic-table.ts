/** The statistics of all images of a category, computed once and cached. */
import { evaluateStatistic, type StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import { statisticNames } from '#core/baselines/baseline-names.ts';
import { createImageStatistics, type ImageStatistics } from '#core/baselines/image-statistics.ts';
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { testIndicesOf } from '../training-images.ts';
import { interruptible, type WorkOptions } from '../yield-point.ts';

export class StatisticTable {
  private readonly known: (ImageStatistics | undefined)[];

  constructor(private readonly images: ImageSet) {
    this.known = new Array(images.samples.length);
  }

  /**
   * Evaluates the statistics of the test split. Canceled work resumes at the next call.
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
    const anomalous = testIndices.map((index) => samples[index].anomalous);
    return statisticNames.map((name) => {
      const valuesOf = (indices: readonly number[]): Float64Array =>
        Float64Array.from(indices, (index) => this.known[index]![name]);
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

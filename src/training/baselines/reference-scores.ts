/** The references: the mean good image in place of a reconstruction, raw and calibrated (the variation model). */
import { baselineBootstrapSeed } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceName } from '#core/baselines/baseline-names.ts';
import { MeanImage } from '#core/baselines/mean-image.ts';
import {
  meanImageSettings,
  type ReferenceEvaluation,
  type ReferenceEvaluations,
  variationModelSettings,
} from '#core/baselines/reference-evaluation.ts';
import { type Calibration, calibrate } from '#core/calibration/calibration.ts';
import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { bootstrapAurocInterval } from '#core/metrics/bootstrap-interval.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { imageLabels } from '#core/tiles.ts';
import { RunScorer } from '../run-scorer.ts';
import { sampleView } from '../sample-view.ts';
import { TestScores } from '../test-scores.ts';
import { testIndicesOf } from '../training-images.ts';
import { interruptible, partOf, type WorkOptions, yieldPoint } from '../yield-point.ts';

/** A cached value with the key of its inputs; a new key recomputes it. */
class Kept<T> {
  private present: { readonly key: string; readonly value: T } | undefined;

  async of(key: string, make: () => Promise<T> | T): Promise<T> {
    if (this.present?.key !== key) {
      // Drop the old value first: calibrations are large.
      this.present = undefined;
      this.present = { key, value: await make() };
    }
    return this.present.value;
  }
}

/** Scores one image set with the mean good image, and caches the values that a setting does not change. */
export class ReferenceScores {
  private readonly scratch;
  private readonly testIndices: readonly number[];
  private readonly mean = new Kept<Float32Array>();
  private readonly statistics = new Kept<ResidualStatistics>();
  private readonly calibration = new Kept<Calibration>();

  constructor(private readonly images: ImageSet) {
    this.scratch = createScoreScratch(images.side);
    this.testIndices = testIndicesOf(images);
  }

  /**
   * Scores the test split with both references.
   * @param config its evaluation settings apply; its weight settings matter only for the score `spectral`
   * @param goodIndices the trained good images
   * @throws ResiduaError `config-invalid` if the settings do not suit the images; `cancelled`
   */
  async evaluate(
    config: RunConfig,
    goodIndices: readonly number[],
    options: WorkOptions = {},
  ): Promise<ReferenceEvaluations> {
    if (goodIndices.length === 0) {
      return { defined: false, reason: 'There are no good training images for a mean image.' };
    }
    const settings = evaluationSettingsOf(config);
    const image = await this.meanImage(goodIndices, partOf(options, 0, 0.05));
    const raw = await this.meanImageScorer(config, options);
    const meanImage = await this.score(
      'mean-image',
      meanImageSettings(settings),
      raw,
      image,
      partOf(options, 0.1, 0.2),
    );
    const calibrated = await this.variationScorer(config, goodIndices, image, partOf(options, 0.3, 0.4));
    const variationModel = await this.score(
      'variation-model',
      variationModelSettings(settings),
      calibrated,
      image,
      partOf(options, 0.7, 0.3),
    );
    return {
      defined: true,
      meanImage,
      variationModel,
      goodImages: goodIndices.length,
      calibrationImages: evenlySpaced(goodIndices).length,
    };
  }

  /**
   * One image with the mean good image as its reconstruction; the map is that of the variation model if the config's residual
   * is calibrated.
   * @throws ResiduaError `config-invalid` if the settings do not suit the images; `cancelled`
   */
  async view(
    index: number,
    config: RunConfig,
    goodIndices: readonly number[],
    options: WorkOptions = {},
  ): Promise<SampleView> {
    if (goodIndices.length === 0) return sampleView(this.images, index, () => undefined, undefined);
    const pixels = await this.meanImage(goodIndices, partOf(options, 0, 0.1));
    const scorer =
      config.residual === 'calibrated'
        ? await this.variationScorer(config, goodIndices, pixels, partOf(options, 0.1, 0.9))
        : await this.meanImageScorer(config, options);
    return sampleView(this.images, index, () => ({ pixels, epoch: 0, step: 0 }), scorer);
  }

  private meanImage(goodIndices: readonly number[], options: WorkOptions): Promise<Float32Array> {
    return this.mean.of(goodIndices.join(), async () => {
      const mean = new MeanImage(this.images.side);
      for await (const index of interruptible(goodIndices, options)) mean.add(imageBytes(this.images, index));
      return mean.mean();
    });
  }

  private async meanImageScorer(config: RunConfig, { signal }: WorkOptions): Promise<Scorer> {
    const scorer = new RunScorer(this.images, config);
    const settings = meanImageSettings(evaluationSettingsOf(config));
    await scorer.prepare(settings, signal);
    return scorer.of(settings);
  }

  private async variationScorer(
    config: RunConfig,
    goodIndices: readonly number[],
    image: Float32Array,
    options: WorkOptions,
  ): Promise<Scorer> {
    const settings = variationModelSettings(evaluationSettingsOf(config));
    const { bandLow, bandHigh, calibrationBands, calibrationPooling } = settings;
    const residuals = [goodIndices.join(), bandLow, bandHigh, calibrationBands].join(' ');
    const calibration = await this.calibration.of(`${residuals} ${calibrationPooling}`, async () => {
      const statistics = await this.statistics.of(residuals, () =>
        this.learn(settings, goodIndices, image, options),
      );
      return calibrate(statistics, calibrationPooling);
    });
    return createScorer(this.images.side, settings, { calibration }, this.scratch);
  }

  private async learn(
    settings: EvaluationSettings,
    goodIndices: readonly number[],
    image: Float32Array,
    options: WorkOptions,
  ): Promise<ResidualStatistics> {
    const learner = createStatisticsLearner(settings, this.scratch);
    for await (const index of interruptible(evenlySpaced(goodIndices), options)) {
      learner.add(imageBytes(this.images, index), image);
    }
    return learner.finish();
  }

  private async score(
    name: ReferenceName,
    settings: EvaluationSettings,
    scorer: Scorer,
    image: Float32Array,
    options: WorkOptions,
  ): Promise<ReferenceEvaluation> {
    const { images, testIndices } = this;
    options.signal?.throwIfAborted();
    const tested = new TestScores(images, testIndices, scorer);
    for (let done = 0; done < testIndices.length; ) {
      const some = testIndices.slice(done, done + tested.atOnce);
      tested.addSeveral(some, image);
      done += some.length;
      await yieldPoint(done / testIndices.length, options);
    }
    const { scores, imageAuroc, residualScale } = tested.result();
    const anomalous = imageLabels(images.samples, testIndices);
    const interval = bootstrapAurocInterval(scores, anomalous, { seed: baselineBootstrapSeed });
    return { name, settings, scores, imageAuroc, interval, residualScale };
  }
}

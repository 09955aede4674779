/** The reconstructions of a run's last evaluation, and everything that scores make of them without the model. */

import { type ResidualStatistics, suffices } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { cancelled, isCancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { imageBytes, imageMask } from '#core/image-bytes.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { type LowCutPoint, lowCutCurve } from '#core/scores/low-cut-curve.ts';
import { type PoolingPoint, shownPoolings } from '#core/scores/pooling-curve.ts';
import { scoreNames, usesCalibration } from '#core/scores/score-names.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { calibratedLowCutScores, type ImagePairs } from './calibrated-low-cut.ts';
import { PastReconstructions } from './past-reconstructions.ts';
import { RunScorer } from './run-scorer.ts';
import { type Reconstruction, sampleView } from './sample-view.ts';
import { ScoredResults } from './scored-results.ts';
import { TestScores } from './test-scores.ts';
import type { EvaluationResult } from './training-run.ts';
import { interruptible, partOf, type WorkOptions } from './yield-point.ts';

/** Learns what an evaluation's good training images leave over, by the components of these settings. */
export type LearnStatistics = (
  settings: EvaluationSettings,
  options: WorkOptions,
) => Promise<ResidualStatistics>;

/** Part of the time that learning statistics takes, of that and scoring. */
const learningShare = 0.8;

/** Arrays only: nothing here is on a device. */
export class ScoredTestSplit {
  /** The test split as evaluations before reconstructed it. */
  readonly past: PastReconstructions;
  private readonly scorer: RunScorer;
  private readonly results = new ScoredResults();
  private reconstructions: ReadonlyMap<number, Reconstruction> = new Map();
  /** Of good training images by the weights of the reconstructions; undefined where no score has been calibrated. */
  private statistics: ResidualStatistics | undefined;
  private settings: EvaluationSettings;
  /** Scoring ahead that is under way. */
  private ahead: AbortController | undefined;

  /**
   * @param testIndices samples of the test split, in the order in which scores are wanted
   * @param config of the run; its evaluation settings hold until others are scored by
   */
  constructor(
    private readonly images: ImageSet,
    private readonly testIndices: readonly number[],
    config: RunConfig,
  ) {
    this.scorer = new RunScorer(images, config);
    this.past = new PastReconstructions(testIndices);
    this.settings = config;
  }

  /** Memory that work in this thread may use between two yield points. */
  get scratch() {
    return this.scorer.scratch;
  }

  /** What good training images leave over, by the last evaluation; undefined where its score is not calibrated. */
  get learned(): ResidualStatistics | undefined {
    return usesCalibration(this.settings) ? this.statistics : undefined;
  }

  /**
   * Scores for an evaluation, to be added as its reconstructions come.
   * @param statistics of the same weights; needed where the residual is calibrated
   * @throws ResiduaError `config-invalid` where the settings do not suit the images; `cancelled`
   */
  async scoresBy(
    settings: EvaluationSettings,
    signal?: AbortSignal,
    statistics?: ResidualStatistics,
  ): Promise<TestScores> {
    await this.scorer.prepare(settings, signal);
    return new TestScores(this.images, this.testIndices, this.scorer.of(settings, statistics));
  }

  /** Takes the reconstructions of an evaluation and what scoring them gave. */
  take(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
    result: EvaluationResult,
    statistics?: ResidualStatistics,
  ): void {
    this.stopScoringAhead();
    this.results.keep(reconstructions, settings, result);
    this.reconstructions = reconstructions;
    this.settings = settings;
    this.statistics = statistics;
    this.past.add(reconstructions, statistics);
  }

  /** Takes newer reconstructions of some samples. */
  add(reconstructions: ReadonlyMap<number, Reconstruction>): void {
    this.stopScoringAhead();
    this.reconstructions = new Map([...this.reconstructions, ...reconstructions]);
  }

  /**
   * Scores by other settings; undefined where that takes new reconstructions. No reconstructions may come meanwhile.
   * @param learn asked for statistics where those that are here do not suffice
   * @throws ResiduaError `cancelled`; the settings before stay then
   */
  async rescore(
    settings: EvaluationSettings,
    options: WorkOptions,
    learn: LearnStatistics,
  ): Promise<EvaluationResult | undefined> {
    const steps = new Set(this.testIndices.map((index) => this.reconstructions.get(index)?.step));
    const whole = steps.size === 1 && !steps.has(undefined);
    if (!whole || settings.batchNorm !== this.settings.batchNorm) return undefined;
    const suffice = suffices(this.statistics, settings);
    const statistics = suffice ? this.statistics : await learn(settings, partOf(options, 0, learningShare));
    const left = suffice ? options : partOf(options, learningShare, 1 - learningShare);
    const result = await this.scored(this.reconstructions, settings, left, statistics);
    this.settings = settings;
    this.statistics = statistics;
    if (!suffice) this.past.add(this.reconstructions, statistics);
    return result;
  }

  /** Whether there is a reconstruction of this sample to show. */
  has(index: number): boolean {
    return this.reconstructions.has(index);
  }

  /** What is known of a sample. */
  view(index: number): SampleView {
    const { images, reconstructions } = this;
    return sampleView(images, index, reconstructions.get(index), this.scorerWith(this.statistics));
  }

  /**
   * The scorer by some settings, with the statistics of the last evaluation.
   * @throws ResiduaError `cancelled`
   * @throws RangeError where the residual is calibrated and those statistics do not suffice
   */
  async scorerBy(settings: EvaluationSettings, signal?: AbortSignal): Promise<Scorer> {
    await this.scorer.prepare(settings, signal);
    return this.scorer.of(settings, this.statistics);
  }

  /**
   * A sample as it was at a past evaluation, scored by the present settings; undefined where that is not kept. Its residual
   * is the raw one where that evaluation was not calibrated in the bands of now.
   */
  viewAt(step: number, index: number): SampleView | undefined {
    const reconstruction = this.past.at(step, index);
    const scorer = reconstruction && this.scorerWith(this.past.statisticsAt(step));
    return reconstruction && sampleView(this.images, index, reconstruction, scorer);
  }

  /**
   * Image AUROC against the low cut-off of the band, by the present score; undefined where not all test images are
   * reconstructed.
   * @param goodPairs asked for the images that are calibrated by, where the residual is calibrated
   * @throws ResiduaError `cancelled`
   */
  async lowCutCurve(
    cutoffs: readonly number[],
    options: WorkOptions,
    goodPairs: () => Promise<ImagePairs>,
  ): Promise<LowCutPoint[] | undefined> {
    if (!this.isWhole()) return undefined;
    const { settings, scratch } = this;
    const test = this.testPairs;
    const anomalous = this.testLabels;
    if (usesCalibration(settings)) {
      const good = await goodPairs();
      const scores = await calibratedLowCutScores(settings, cutoffs, good, test, scratch, options);
      return lowCutCurve(cutoffs, scores, anomalous);
    }
    const scorer = this.scorer.lowCut(settings, cutoffs);
    const scores = await this.ofEach(options, (bytes, pixels) => scorer.score(bytes, pixels));
    return lowCutCurve(cutoffs, scores, anomalous);
  }

  /**
   * Image AUROC by the present score with each of a few poolings; undefined where not all test images are reconstructed, or
   * the residual is not calibrated.
   * @throws ResiduaError `cancelled`
   */
  async poolingCurve(options: WorkOptions): Promise<PoolingPoint[] | undefined> {
    const { settings, reconstructions, statistics } = this;
    if (!this.isWhole() || !usesCalibration(settings)) return undefined;
    const points: PoolingPoint[] = [];
    for (const pooling of shownPoolings) {
      const pooled = { ...settings, calibrationPooling: pooling };
      const part = partOf(options, points.length / shownPoolings.length, 1 / shownPoolings.length);
      const { imageAuroc } = await this.scored(reconstructions, pooled, part, statistics);
      points.push({ pooling, imageAuroc });
    }
    return points;
  }

  /**
   * The maps of the test split by the present score, new arrays; undefined where not all of it is reconstructed.
   * @throws ResiduaError `cancelled`
   */
  async maps(options: WorkOptions): Promise<ScoredMap[] | undefined> {
    if (!this.isWhole()) return undefined;
    const { images } = this;
    const scorer = this.scorer.of(this.settings, this.statistics);
    return this.ofEach(options, (bytes, pixels, index) => {
      const { path, defectType, anomalous } = images.samples[index];
      const { map } = scorer.score(bytes, pixels);
      return { path, defectType, anomalous, map, mask: imageMask(images, index) };
    });
  }

  /**
   * Scores by all scores on the present band before they are asked for, with yield points, until `stopScoringAhead` or other
   * reconstructions come.
   */
  async scoreAhead(): Promise<void> {
    const { reconstructions, settings, statistics } = this;
    if (this.ahead || !this.isWhole()) return;
    const ahead = new AbortController();
    this.ahead = ahead;
    try {
      for (const score of scoreNames) {
        const byScore = { ...settings, score };
        if (!suffices(statistics, byScore)) continue;
        await this.scored(reconstructions, byScore, { signal: ahead.signal }, statistics);
      }
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
    } finally {
      if (this.ahead === ahead) this.ahead = undefined;
    }
  }

  stopScoringAhead(): void {
    this.ahead?.abort(cancelled());
    this.ahead = undefined;
  }

  /** The scorer by the present settings; of the raw residual where the statistics do not suffice for a calibrated one. */
  private scorerWith(statistics: ResidualStatistics | undefined): Scorer {
    const { settings } = this;
    if (suffices(statistics, settings)) return this.scorer.of(settings, statistics);
    return this.scorer.of({ ...settings, residual: 'raw' });
  }

  private get testLabels(): boolean[] {
    return this.testIndices.map((index) => this.images.samples[index].anomalous);
  }

  /** The test images as they are reconstructed now, whatever comes meanwhile. */
  private get testPairs(): ImagePairs {
    const { images, testIndices, reconstructions } = this;
    return {
      count: testIndices.length,
      pair: (row) => {
        const index = testIndices[row];
        return { bytes: imageBytes(images, index), pixels: reconstructions.get(index)!.pixels };
      },
    };
  }

  private isWhole(): boolean {
    return this.testIndices.every((index) => this.reconstructions.has(index));
  }

  /** One answer for each test image as it is reconstructed now, whatever comes meanwhile. */
  private async ofEach<T>(
    options: WorkOptions,
    answer: (bytes: Uint8Array, pixels: Float32Array, index: number) => T,
  ): Promise<T[]> {
    const { images, reconstructions, testIndices } = this;
    const answers: T[] = [];
    for await (const index of interruptible(testIndices, options)) {
      answers.push(answer(imageBytes(images, index), reconstructions.get(index)!.pixels, index));
    }
    return answers;
  }

  private async scored(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
    options: WorkOptions,
    statistics: ResidualStatistics | undefined,
  ): Promise<EvaluationResult> {
    const known = this.results.of(reconstructions, settings);
    if (known) return known;
    const scores = await this.scoresBy(settings, options.signal, statistics);
    for await (const index of interruptible(this.testIndices, options)) {
      scores.add(index, reconstructions.get(index)!.pixels);
    }
    return this.results.keep(reconstructions, settings, scores.result());
  }
}

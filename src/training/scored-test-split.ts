/** The last evaluation of a run and the past ones: their reconstructions, scored with the current settings. */
import { type ResidualStatistics, suffices } from '#core/calibration/residual-statistics.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { cancelled, isCancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { scoreNames, usesCalibration } from '#core/scores/score-names.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import type { HeldReconstructions } from '#core/spectrum/test-spectra.ts';
import { picturesOfImage, type ShownPlace } from '#core/tiles.ts';
import { EvaluatedSplit } from './evaluated-split.ts';
import { packPixels } from './packed-pixels.ts';
import { PastReconstructions } from './past-reconstructions.ts';
import { RunScorer } from './run-scorer.ts';
import { type Reconstruction, sampleView } from './sample-view.ts';
import { ScoredResults } from './scored-results.ts';
import { TestScores } from './test-scores.ts';
import type { EvaluationResult } from './training-run.ts';
import { interruptible, partOf, type WorkOptions } from './yield-point.ts';

/** Learns the residual statistics of an evaluation's good training images, for the bands of these settings. */
export type LearnStatistics = (
  settings: EvaluationSettings,
  options: WorkOptions,
) => Promise<ResidualStatistics>;

/** Learning statistics takes about this fraction of the time for learning and scoring. */
const learningShare = 0.8;

/** Holds only arrays, nothing on a device. */
export class ScoredTestSplit {
  /** The test split as reconstructed by past evaluations. */
  readonly past: PastReconstructions;
  private readonly scorer: RunScorer;
  private readonly results = new ScoredResults();
  private last: EvaluatedSplit;
  /** Aborts the precomputing of scores in progress. */
  private ahead: AbortController | undefined;

  /**
   * @param testIndices pictures of the test split, in the order of the scores
   * @param config of the run; its evaluation settings apply until an evaluation with others
   * @param pastBytes budget for past evaluations
   */
  constructor(
    private readonly images: ImageSet,
    private readonly testIndices: readonly number[],
    config: RunConfig,
    pastBytes?: number,
  ) {
    this.scorer = new RunScorer(images, config);
    this.past = new PastReconstructions(testIndices, pastBytes);
    const { scorer, results } = this;
    const none = { reconstructions: new Map(), settings: config, statistics: undefined };
    this.last = new EvaluatedSplit({ images, testIndices, scorer, results, ...none });
  }

  /** Memory that other work of this thread may use between two yield points. */
  get scratch() {
    return this.scorer.scratch;
  }

  /** The last evaluation; undefined if not all test images are reconstructed. */
  get evaluated(): EvaluatedSplit | undefined {
    return this.last.isWhole ? this.last : undefined;
  }

  /** The residual statistics of the last evaluation; undefined if its score is not calibrated. */
  get learned(): ResidualStatistics | undefined {
    const { settings, statistics } = this.last.parts;
    return usesCalibration(settings) ? statistics : undefined;
  }

  /** The run's w(u, v), [S, S]; undefined if the score of the last evaluation does not use it. */
  get spectralWeight(): Float32Array | undefined {
    return this.scorer.weightFor(this.last.parts.settings);
  }

  /**
   * Scores for an evaluation, which adds its reconstructions one by one.
   * @param statistics of the same weights; needed if the residual is calibrated
   * @throws ResiduaError `config-invalid` if the settings do not suit the images; `cancelled`
   */
  async scoresBy(
    settings: EvaluationSettings,
    signal?: AbortSignal,
    statistics?: ResidualStatistics,
  ): Promise<TestScores> {
    await this.scorer.prepare(settings, signal);
    return new TestScores(this.images, this.testIndices, this.scorer.of(settings, statistics));
  }

  /** Takes the reconstructions of an evaluation and the result of scoring them. */
  take(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
    result: EvaluationResult,
    statistics?: ResidualStatistics,
  ): void {
    this.stopScoringAhead();
    this.results.keep(reconstructions, settings, result);
    this.last = this.last.with({ reconstructions, settings, statistics });
    this.past.add(reconstructions, statistics);
  }

  /** Takes newer reconstructions of some samples. */
  add(reconstructions: ReadonlyMap<number, Reconstruction>): void {
    this.stopScoringAhead();
    const all = new Map([...this.last.parts.reconstructions, ...reconstructions]);
    this.last = this.last.with({ reconstructions: all });
  }

  /**
   * Scores by other settings; undefined if that needs new reconstructions. No new reconstructions may
   * be taken or added in the meantime.
   * @param learn learns statistics if the present ones do not suffice
   * @throws ResiduaError `cancelled`; the settings stay as they were
   */
  async rescore(
    settings: EvaluationSettings,
    options: WorkOptions,
    learn: LearnStatistics,
  ): Promise<EvaluationResult | undefined> {
    const { last } = this;
    const { reconstructions } = last.parts;
    const steps = new Set(this.testIndices.map((index) => reconstructions.get(index)?.step));
    const isOfOneStep = steps.size === 1 && !steps.has(undefined);
    if (!isOfOneStep || settings.batchNorm !== last.parts.settings.batchNorm) return undefined;
    const suffice = suffices(last.parts.statistics, settings);
    const statistics = suffice
      ? last.parts.statistics
      : await learn(settings, partOf(options, 0, learningShare));
    const left = suffice ? options : partOf(options, learningShare, 1 - learningShare);
    const result = await last.score(settings, left, statistics);
    this.last = this.last.with({ settings, statistics });
    if (!suffice) this.past.add(reconstructions, statistics);
    return result;
  }

  /** Whether a picture is reconstructed. */
  has(index: number): boolean {
    return this.last.parts.reconstructions.has(index);
  }

  /**
   * The picture to show of an image: the wanted tile; without a wish, the one with the largest score of the last evaluation.
   * @throws RangeError if there is no such image
   */
  shownPicture({ index, tile }: ShownPlace): number {
    const { images } = this;
    const pictures = picturesOfImage(images.samples, index);
    const wanted = pictures[tile ?? 0];
    if (wanted === undefined) throw new RangeError(`There is no image ${index} with a tile ${tile}.`);
    if (tile !== undefined || pictures.length === 1) return wanted;
    const { reconstructions, settings, statistics } = this.last.parts;
    const scorer = this.scorer.ofOrRaw(settings, statistics);
    const scores = pictures.map((picture) => {
      const reconstruction = reconstructions.get(picture);
      return reconstruction
        ? scorer.scoreOnly(imageBytes(images, picture), reconstruction.pixels).score
        : Number.NEGATIVE_INFINITY;
    });
    return pictures[scores.indexOf(Math.max(...scores))] ?? wanted;
  }

  /** A picture with its last reconstruction, if there is one. */
  view(index: number): SampleView {
    const { reconstructions, settings, statistics } = this.last.parts;
    const scorer = this.scorer.ofOrRaw(settings, statistics);
    return sampleView(this.images, index, (picture) => reconstructions.get(picture), scorer);
  }

  /**
   * A picture at a past evaluation, scored with the present settings; undefined if that evaluation is not held.
   * The residual is raw if that evaluation was not calibrated in the present bands.
   */
  viewAt(step: number, index: number): SampleView | undefined {
    if (!this.past.at(step, index)) return undefined;
    const scorer = this.scorer.ofOrRaw(this.last.parts.settings, this.past.statisticsAt(step));
    return sampleView(this.images, index, (picture) => this.past.at(step, picture), scorer);
  }

  /**
   * The test reconstructions of an evaluation, a copy; undefined if it is neither held nor the last. They are not scored, so
   * this takes only the time of the copy.
   */
  reconstructionsAt(step: number): HeldReconstructions | undefined {
    const { testIndices } = this;
    const held = this.past.allAt(step);
    const last = this.evaluated?.parts.reconstructions;
    if (held || last?.get(testIndices[0] ?? -1)?.step !== step) return held;
    const length = 3 * this.images.side ** 2;
    const pixels = new Uint16Array(length * testIndices.length);
    testIndices.forEach((index, row) => {
      packPixels(last.get(index)!.pixels, pixels, row * length);
    });
    return { indices: testIndices, pixels };
  }

  /**
   * Scores a past evaluation by the present settings; undefined if it is not held, or is not calibrated in the present bands.
   * @throws ResiduaError `cancelled`
   */
  async rescorePast(step: number, options: WorkOptions): Promise<EvaluationResult | undefined> {
    const { settings } = this.last.parts;
    const statistics = this.past.statisticsAt(step);
    if (!suffices(statistics, settings)) return undefined;
    const scores = await this.scoresBy(settings, options.signal, statistics);
    for await (const index of interruptible(this.testIndices, options)) {
      const held = this.past.at(step, index);
      // A new evaluation may have taken its memory in the meantime.
      if (!held) return undefined;
      scores.add(index, held.pixels);
    }
    return scores.result();
  }

  /**
   * The scorer by some settings, with the statistics of the last evaluation.
   * @throws ResiduaError `cancelled`
   * @throws RangeError if the residual is calibrated and those statistics do not suffice
   */
  async scorerBy(settings: EvaluationSettings, signal?: AbortSignal): Promise<Scorer> {
    await this.scorer.prepare(settings, signal);
    return this.scorer.of(settings, this.last.parts.statistics);
  }

  /** Precomputes all scores on the current band, until `stopScoringAhead` or new reconstructions. */
  async scoreAhead(): Promise<void> {
    const { evaluated } = this;
    if (this.ahead || !evaluated) return;
    const { settings, statistics } = evaluated.parts;
    const ahead = new AbortController();
    this.ahead = ahead;
    try {
      for (const score of scoreNames) {
        const byScore = { ...settings, score };
        if (suffices(statistics, byScore)) await evaluated.score(byScore, ahead);
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
}

/** The reconstructions of a run's last evaluation, and everything that scores make of them without the model. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { isCancelled } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { type LowCutPoint, lowCutCurve } from '#core/scores/low-cut-curve.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import { imageBytes, imageMask } from './image-tensors.ts';
import { type InTurns, takeTurn, untold } from './in-turns.ts';
import { PastReconstructions } from './past-reconstructions.ts';
import { RunScorer } from './run-scorer.ts';
import { type Reconstruction, sampleView } from './sample-view.ts';
import { ScoredResults } from './scored-results.ts';
import { TestScores } from './test-scores.ts';
import type { EvaluationResult } from './training-run.ts';

/** Arrays only: nothing here is on a device. */
export class ScoredTestSplit {
  /** The test split as evaluations before reconstructed it. */
  readonly past: PastReconstructions;
  private readonly scorer: RunScorer;
  private readonly results = new ScoredResults();
  private reconstructions: ReadonlyMap<number, Reconstruction> = new Map();
  private settings: EvaluationSettings;
  private ahead = false;

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

  /**
   * Scores for an evaluation, to be added as its reconstructions come.
   * @throws ResiduaError `config-invalid` where the settings do not suit the images; `cancelled`
   */
  async scoresBy(settings: EvaluationSettings, turns: InTurns): Promise<TestScores> {
    await this.scorer.prepare(settings, turns);
    return new TestScores(this.images, this.testIndices, this.scorer.of(settings));
  }

  /** Takes the reconstructions of an evaluation and what scoring them gave. */
  take(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
    result: EvaluationResult,
  ): void {
    this.results.keep(reconstructions, settings, result);
    this.reconstructions = reconstructions;
    this.settings = settings;
    this.past.add(reconstructions);
  }

  /** Takes newer reconstructions of some samples. */
  add(reconstructions: ReadonlyMap<number, Reconstruction>): void {
    this.reconstructions = new Map([...this.reconstructions, ...reconstructions]);
  }

  /**
   * Scores by other settings; undefined where that takes new reconstructions. No reconstructions may come meanwhile.
   * @throws ResiduaError `cancelled`; the settings before stay then
   */
  async rescore(settings: EvaluationSettings, turns: InTurns): Promise<EvaluationResult | undefined> {
    const steps = new Set(this.testIndices.map((index) => this.reconstructions.get(index)?.step));
    const whole = steps.size === 1 && !steps.has(undefined);
    if (!whole || settings.batchNorm !== this.settings.batchNorm) return undefined;
    const result = await this.scored(this.reconstructions, settings, turns);
    this.settings = settings;
    return result;
  }

  /** Whether there is a reconstruction of this sample to show. */
  has(index: number): boolean {
    return this.reconstructions.has(index);
  }

  /** What is known of a sample. */
  view(index: number): SampleView {
    return sampleView(this.images, index, this.reconstructions.get(index), this.scorer.of(this.settings));
  }

  /** A sample as it was at a past evaluation, scored by the present settings; undefined where that is not kept. */
  viewAt(step: number, index: number): SampleView | undefined {
    const reconstruction = this.past.at(step, index);
    return reconstruction && sampleView(this.images, index, reconstruction, this.scorer.of(this.settings));
  }

  /**
   * Image AUROC against the low cut-off of the band, by the present score; undefined where not all test images are
   * reconstructed.
   * @throws ResiduaError `cancelled`
   */
  async lowCutCurve(cutoffs: readonly number[], turns: InTurns): Promise<LowCutPoint[] | undefined> {
    if (!this.isWhole()) return undefined;
    const { images, testIndices } = this;
    const scorer = this.scorer.lowCut(this.settings, cutoffs);
    const scores = await this.ofEach(turns, (bytes, pixels) => scorer.score(bytes, pixels));
    return lowCutCurve(
      cutoffs,
      scores,
      testIndices.map((index) => images.samples[index].anomalous),
    );
  }

  /**
   * The maps of the test split by the present score, new arrays; undefined where not all of it is reconstructed.
   * @throws ResiduaError `cancelled`
   */
  async maps(turns: InTurns): Promise<ScoredMap[] | undefined> {
    if (!this.isWhole()) return undefined;
    const { images } = this;
    const scorer = this.scorer.of(this.settings);
    return this.ofEach(turns, (bytes, pixels, index) => {
      const { path, defectType, anomalous } = images.samples[index];
      const { map } = scorer.score(bytes, pixels);
      return { path, defectType, anomalous, map, mask: imageMask(images, index) };
    });
  }

  /**
   * Scores by all scores on the present band before they are asked for, in turns with whatever else this thread does, until
   * `stopScoringAhead` or other reconstructions come.
   */
  async scoreAhead(): Promise<void> {
    const { reconstructions, settings } = this;
    if (this.ahead || !this.isWhole()) return;
    this.ahead = true;
    const mayGoOn = (): boolean => this.ahead && this.reconstructions === reconstructions;
    try {
      for (const score of scoreNames)
        await this.scored(reconstructions, { ...settings, score }, { ...untold, mayGoOn });
    } catch (thrown) {
      if (!isCancelled(thrown)) throw thrown;
    } finally {
      this.ahead = false;
    }
  }

  stopScoringAhead(): void {
    this.ahead = false;
  }

  private isWhole(): boolean {
    return this.testIndices.every((index) => this.reconstructions.has(index));
  }

  /** One answer for each test image as it is reconstructed now, whatever comes meanwhile. */
  private async ofEach<T>(
    turns: InTurns,
    answer: (bytes: Uint8Array, pixels: Float32Array, index: number) => T,
  ): Promise<T[]> {
    const { images, reconstructions, testIndices } = this;
    const answers: T[] = [];
    for (const index of testIndices) {
      answers.push(answer(imageBytes(images, index), reconstructions.get(index)!.pixels, index));
      await takeTurn(turns, answers.length / testIndices.length);
    }
    return answers;
  }

  private async scored(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
    turns: InTurns,
  ): Promise<EvaluationResult> {
    const known = this.results.of(reconstructions, settings);
    if (known) return known;
    const scores = await this.scoresBy(settings, turns);
    for (const [row, index] of this.testIndices.entries()) {
      scores.add(index, reconstructions.get(index)!.pixels);
      await takeTurn(turns, (row + 1) / this.testIndices.length);
    }
    return this.results.keep(reconstructions, settings, scores.result());
  }
}

/** The reconstructions of a run's last evaluation, and everything that scores make of them without the model. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { type LowCutPoint, lowCutCurve } from '#core/scores/low-cut-curve.ts';
import { scoreNames } from '#core/scores/score-names.ts';
import { evaluateScores, evaluationStages } from './evaluate-scores.ts';
import { imageBytes, imageMask } from './image-tensors.ts';
import { PastReconstructions } from './past-reconstructions.ts';
import { RunScorer } from './run-scorer.ts';
import { type Reconstruction, sampleView } from './sample-view.ts';
import { ScoredResults } from './scored-results.ts';
import type { EvaluationResult } from './training-run.ts';
import { yieldToMessages } from './yield-to-messages.ts';

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
   * Takes the reconstructions of an evaluation and scores them.
   * @throws ResiduaError `non-finite-loss` naming an image whose reconstruction is not finite; those before stay then
   */
  evaluate(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
  ): EvaluationResult {
    const result = this.scored(reconstructions, settings);
    this.reconstructions = reconstructions;
    this.settings = settings;
    this.past.add(reconstructions);
    return result;
  }

  /** Takes newer reconstructions of some samples. */
  add(reconstructions: ReadonlyMap<number, Reconstruction>): void {
    this.reconstructions = new Map([...this.reconstructions, ...reconstructions]);
  }

  /** Scores by other settings; undefined where that takes new reconstructions. */
  rescore(settings: EvaluationSettings): EvaluationResult | undefined {
    const steps = new Set(this.testIndices.map((index) => this.reconstructions.get(index)?.step));
    const whole = steps.size === 1 && !steps.has(undefined);
    if (!whole || settings.batchNorm !== this.settings.batchNorm) return undefined;
    this.settings = settings;
    return this.scored(this.reconstructions, settings);
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
   * Image AUROC against the low cut-off of the band, by the present score. Takes turns with whatever else this thread does;
   * undefined where not all test images are reconstructed.
   */
  async lowCutCurve(cutoffs: readonly number[]): Promise<LowCutPoint[] | undefined> {
    const { images, reconstructions, testIndices } = this;
    if (!this.isWhole()) return undefined;
    const scorer = this.scorer.lowCut(this.settings, cutoffs);
    const scores: Float64Array[] = [];
    for (const index of testIndices) {
      scores.push(scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels));
      await yieldToMessages();
    }
    return lowCutCurve(
      cutoffs,
      scores,
      testIndices.map((index) => images.samples[index].anomalous),
    );
  }

  /** The maps of the test split by the present score, new arrays; undefined where not all of it is reconstructed. */
  maps(): ScoredMap[] | undefined {
    if (!this.isWhole()) return undefined;
    const { images, reconstructions } = this;
    const scorer = this.scorer.of(this.settings);
    return this.testIndices.map((index) => {
      const { path, defectType, anomalous } = images.samples[index];
      const { map } = scorer.score(imageBytes(images, index), reconstructions.get(index)!.pixels);
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
    try {
      for (const score of scoreNames) {
        const goesOn = await this.scoreInTurns(reconstructions, { ...settings, score });
        if (!goesOn) return;
      }
    } finally {
      this.ahead = false;
    }
  }

  stopScoringAhead(): void {
    this.ahead = false;
  }

  /** @returns false where it was stopped */
  private async scoreInTurns(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
  ): Promise<boolean> {
    if (this.results.of(reconstructions, settings)) return true;
    const scorer = this.scorer.of(settings);
    const stages = evaluationStages(this.images, this.testIndices, reconstructions, scorer);
    for (;;) {
      const stage = stages.next();
      if (stage.done) {
        this.results.keep(reconstructions, settings, stage.value);
        return true;
      }
      await yieldToMessages();
      if (!this.ahead || this.reconstructions !== reconstructions) return false;
    }
  }

  private isWhole(): boolean {
    return this.testIndices.every((index) => this.reconstructions.has(index));
  }

  private scored(
    reconstructions: ReadonlyMap<number, Reconstruction>,
    settings: EvaluationSettings,
  ): EvaluationResult {
    const known = this.results.of(reconstructions, settings);
    if (known) return known;
    const scorer = this.scorer.of(settings);
    const result = evaluateScores(this.images, this.testIndices, reconstructions, scorer);
    return this.results.keep(reconstructions, settings, result);
  }
}

/** The run that a session holds, and what is asked of it. */

import { leftOver } from '#core/calibration/left-over.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { KeptEvaluation, SampleView } from '#core/history.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import { heldBytes } from '#engine/device.ts';
import { exportRun } from '#io/export-run.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { RunPlan } from '#training/run-plan.ts';
import { Trainer } from '#training/trainer.ts';
import type { TrainerListener } from '#training/trainer-status.ts';
import type { WorkPace } from '#training/work-pace.ts';
import { type InTurns, unnoted } from '#training/yield-point.ts';
import type {
  ExportedRun,
  GoodTrainingScores,
  LeftOver,
  RunStatus,
  RunSummary,
  ScoredMaps,
} from './protocol.ts';
import { noRun } from './session-errors.ts';

/** What a run tells without being asked. */
export interface RunListener extends Omit<TrainerListener, 'status'> {
  status(status: RunStatus): void;
  view(view: SampleView): void;
  kept(evaluations: readonly KeptEvaluation[]): void;
}

/** The turns of work that ends where training goes on. */
const whileResting = ({ mayGoOn, onProgress }: InTurns, mayRest: () => boolean): InTurns => ({
  mayGoOn: (share) => mayGoOn(share) && mayRest(),
  onProgress,
});

/** Owns the run until `dispose`. */
export class SessionRun {
  readonly trainer: Trainer;
  readonly summary: RunSummary;
  /** Whether it came from files, so that the images are those that it is tested on, not those that it was trained on. */
  trainedElsewhere = false;
  /** The evaluation as of which the chosen image is shown; undefined for the last. */
  private shownStep: number | undefined;

  /**
   * @param images those of the run
   * @param pace learns from the run
   */
  constructor(
    private readonly run: AutoencoderRun,
    private readonly images: ImageSet,
    config: RunConfig,
    { microBatch, operationsPerEpoch }: RunPlan,
    private readonly listener: RunListener,
    pace: WorkPace,
  ) {
    this.summary = { ...run.summary, microBatch };
    const operationsPerImage = operationsPerEpoch / run.trainingImages;
    this.trainer = new Trainer(run, config, {
      status: () => {
        const { status } = this;
        pace.learn(status.imagesPerSecond, operationsPerImage);
        listener.status(status);
        const idle = status.phase === 'paused' || status.phase === 'finished';
        if (idle && status.activity === undefined) void run.scored.scoreAhead();
      },
      steps: (records) => listener.steps(records),
      evaluation: (evaluation) => {
        listener.evaluation(evaluation);
        listener.kept(this.kept);
        this.showAgain();
      },
      spectrum: (record) => listener.spectrum(record),
      failure: (error) => listener.failure(error),
    });
  }

  get status(): RunStatus {
    return { ...this.trainer.status, deviceBytes: heldBytes() };
  }

  /** The evaluations that `viewPast` knows. */
  get kept(): readonly KeptEvaluation[] {
    return this.run.scored.past.evaluations;
  }

  /** Chooses the image that is shown and returns what is known of it now. */
  async view(index: number): Promise<SampleView> {
    const { run } = this;
    this.shownStep = undefined;
    run.shown = index;
    if (!run.scored.has(index)) await this.trainer.show();
    return run.scored.view(index);
  }

  /** The same as of an evaluation that is kept; undefined, and nothing is chosen, where it is not. */
  viewPast(index: number, step: number): SampleView | undefined {
    const view = this.run.scored.viewAt(step, index);
    if (!view) return undefined;
    this.run.shown = index;
    this.shownStep = step;
    return view;
  }

  /** Tells the image that is shown as it is now. */
  showAgain(): void {
    const { scored, shown } = this.run;
    if (shown === undefined) return;
    const past = this.shownStep === undefined ? undefined : scored.viewAt(this.shownStep, shown);
    this.listener.view(past ?? scored.view(shown));
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet; `cancelled` */
  async lowCutCurve(cutoffs: readonly number[], turns: InTurns): Promise<readonly LowCutPoint[]> {
    const { run, trainer } = this;
    const points = await run.scored.lowCutCurve(cutoffs, turns, () =>
      trainer.inTurn((mayRest) => {
        const evaluation = trainer.history.evaluations.at(-1);
        if (!evaluation) throw noRun();
        return run.calibrationPairs(evaluation, unnoted(whileResting(turns, mayRest)));
      }),
    );
    if (!points) throw noRun();
    return points;
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated by a calibrated residual; `cancelled` */
  async poolingCurve(turns: InTurns): Promise<readonly PoolingPoint[]> {
    const points = await this.run.scored.poolingCurve(turns);
    if (!points) throw noRun();
    return points;
  }

  /** What good training images leave over, by the last evaluation; undefined where its residual is not calibrated. */
  leftOver(): LeftOver | undefined {
    const { learned } = this.run.scored;
    const { images, run } = this;
    return learned && { ...leftOver(learned), side: images.side, goodImages: run.goodTrainingImages };
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet; `cancelled` */
  async scoredMaps(turns: InTurns): Promise<ScoredMaps> {
    const images = await this.run.scored.maps(turns);
    if (!images) throw noRun();
    return { side: this.images.side, images };
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet; `cancelled`, also where training goes on */
  goodTrainingScores(turns: InTurns): Promise<GoodTrainingScores> {
    const { run, trainer } = this;
    return trainer.inTurn(async (mayRest) => {
      const evaluation = trainer.history.evaluations.at(-1);
      if (!evaluation) throw noRun();
      const settings = evaluationSettingsOf(evaluation);
      const good = await run.scoreGoodTraining(settings, whileResting(turns, mayRest));
      return { ...settings, step: evaluation.step, ...good };
    });
  }

  /**
   * The run as files. Pauses training, and goes on afterwards.
   * @param threshold on the scores of the last evaluation
   * @throws ResiduaError `no-run` where nothing is trained yet; `cancelled`
   */
  async exportRun(
    threshold: ThresholdRecord | undefined,
    { mayGoOn, onProgress }: InTurns,
  ): Promise<ExportedRun> {
    const { run, trainer, images } = this;
    if (trainer.status.step === 0) throw noRun();
    const wasRunning = trainer.status.phase === 'running';
    await trainer.pause();
    const turns = { mayGoOn: (share: number) => mayGoOn(share) && !trainer.hasEnded, onProgress };
    try {
      return await trainer.inTurn(async () => {
        const weights = await run.readWeights(turns);
        const { presentConfig: config, history } = trainer;
        const paper = comparePaper({
          config,
          epochs: history.evaluations.at(-1)?.epoch,
          microBatch: this.summary.microBatch,
          data: this.trainedElsewhere ? undefined : images.facts,
        });
        return exportRun({ config, categoryName: images.name, history, weights, threshold }, paper);
      });
    } finally {
      if (wasRunning && !trainer.hasEnded) trainer.start();
    }
  }

  /** Ends whatever is under way and frees the run. */
  async dispose(): Promise<void> {
    await this.trainer.end();
    this.listener.kept([]);
    this.run.dispose();
  }
}

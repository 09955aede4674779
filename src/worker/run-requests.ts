/** Answers to requests about the run of a session: curves, maps and scores of its last evaluation, and its files. */
import { leftOver } from '#core/calibration/left-over.ts';
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import { exportRun } from '#io/export-run.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { EvaluatedSplit } from '#training/evaluated-split.ts';
import type { Trainer } from '#training/trainer.ts';
import { type WorkOptions, withSignal } from '#training/yield-point.ts';
import type { ExportedRun, GoodTrainingScores, LeftOver, RunSummary, ScoredMaps } from './protocol.ts';
import { noRun } from './session-errors.ts';

/** The run of a session. */
export interface PresentRun {
  readonly run: AutoencoderRun;
  readonly trainer: Trainer;
  readonly images: ImageSet;
  readonly summary: RunSummary;
  /** Whether the run came from files. The loaded images then serve for its evaluation and did not train it. */
  readonly imported: boolean;
  /** Floating-point operations of training with one image. */
  readonly operationsPerImage: number;
}

const evaluatedSplit = ({ run }: PresentRun): EvaluatedSplit => {
  const { evaluated } = run.evaluator.scored;
  if (!evaluated) throw noRun();
  return evaluated;
};

const lastEvaluation = ({ history }: Trainer): Evaluation => {
  const evaluation = history.evaluations.at(-1);
  if (!evaluation) throw noRun();
  return evaluation;
};

/** @throws ResiduaError `no-run` if nothing is evaluated yet; `cancelled` */
export const lowCutCurve = async (
  present: PresentRun,
  cutoffs: readonly number[],
  options: WorkOptions,
): Promise<readonly LowCutPoint[]> => {
  const { run, trainer } = present;
  const { signal } = options;
  return evaluatedSplit(present).lowCutCurve(cutoffs, options, () =>
    trainer.exclusive((rest) =>
      run.evaluator.calibrationPairs(lastEvaluation(trainer), withSignal({ signal }, rest)),
    ),
  );
};

/** @throws ResiduaError `no-run` if nothing is evaluated with a calibrated residual; `cancelled` */
export const poolingCurve = async (
  present: PresentRun,
  options: WorkOptions,
): Promise<readonly PoolingPoint[]> => {
  const points = await evaluatedSplit(present).poolingCurve(options);
  if (!points) throw noRun();
  return points;
};

/** The residual of good training images at the last evaluation; undefined if that is not calibrated. */
export const learnedLeftOver = ({ run, images }: PresentRun): LeftOver | undefined => {
  const { learned } = run.evaluator.scored;
  return learned && { ...leftOver(learned), side: images.side, goodImages: run.goodTrainingImages };
};

/** @throws ResiduaError `no-run` if nothing is evaluated yet; `cancelled` */
export const scoredMaps = async (present: PresentRun, options: WorkOptions): Promise<ScoredMaps> => ({
  side: present.images.side,
  images: await evaluatedSplit(present).maps(options),
});

/** @throws ResiduaError `no-run` if nothing is evaluated yet; `cancelled`, also if training resumes */
export const goodTrainingScores = (
  { run, trainer }: PresentRun,
  options: WorkOptions,
): Promise<GoodTrainingScores> =>
  trainer.exclusive(async (rest) => {
    const evaluation = lastEvaluation(trainer);
    const settings = evaluationSettingsOf(evaluation);
    const good = await run.evaluator.scoreGoodTraining(settings, withSignal(options, rest));
    return { ...settings, step: evaluation.step, ...good };
  });

/**
 * The run as files. Pauses training, and resumes it afterwards.
 * @param threshold on the scores of the last evaluation
 * @throws ResiduaError `no-run` if nothing is trained yet; `cancelled`
 */
export const exportPresentRun = async (
  { run, trainer, images, summary, imported }: PresentRun,
  threshold: ThresholdRecord | undefined,
  options: WorkOptions,
): Promise<ExportedRun> => {
  options.signal?.throwIfAborted();
  const { status, endSignal, history } = trainer;
  if (status.step === 0) throw noRun();
  await trainer.pause();
  try {
    return await trainer.exclusive(async () => {
      const weights = await run.evaluator.readWeights(withSignal(options, endSignal));
      const config = trainer.presentConfig;
      const paper = comparePaper({
        config,
        epochs: history.evaluations.at(-1)?.epoch,
        microBatch: summary.microBatch,
        data: imported ? undefined : images.facts,
      });
      return exportRun({ config, categoryName: images.name, history, weights, threshold }, paper);
    });
  } finally {
    if (status.phase === 'running' && !endSignal.aborted) trainer.start();
  }
};

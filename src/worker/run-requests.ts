/** Answers to requests about the run of a session: curves, maps and scores of its last evaluation, and its files. */
import { leftOver } from '#core/calibration/left-over.ts';
import { suffices } from '#core/calibration/residual-statistics.ts';
import type { ImageSet } from '#core/dataset.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, StepRecord } from '#core/history.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import { imageSignature, runMark } from '#core/past-epochs/past-epochs.ts';
import { writePastFile } from '#core/past-epochs/past-file.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import { exportRun } from '#io/export-run.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { EvaluatedSplit } from '#training/evaluated-split.ts';
import type { Trainer } from '#training/trainer.ts';
import { testIndicesOf } from '#training/training-images.ts';
import { partOf, type WorkOptions, withSignal } from '#training/yield-point.ts';
import type {
  ExportedRun,
  GoodTrainingScores,
  LeftOver,
  RunSummary,
  ScoredMaps,
  ScoredWay,
  TrainingRequests,
} from './protocol.ts';
import { noRun } from './session-errors.ts';

/** The run of a session. */
export interface PresentRun {
  readonly run: AutoencoderRun;
  readonly trainer: Trainer;
  readonly images: ImageSet;
  readonly summary: RunSummary;
  /** Whether the run came from files. The loaded images then serve for its evaluation and did not train it. */
  readonly imported: boolean;
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

/**
 * Scores the last evaluation's reconstructions in other ways; ways that need other reconstructions or another calibration are
 * left out.
 * @throws ResiduaError `no-run` if nothing is evaluated yet; `cancelled`
 */
export const scoreWays = async (
  present: PresentRun,
  ways: readonly EvaluationSettings[],
  options: WorkOptions,
): Promise<readonly ScoredWay[]> => {
  const split = evaluatedSplit(present);
  const { settings, statistics } = split.parts;
  const possible = ways.filter((way) => way.batchNorm === settings.batchNorm && suffices(statistics, way));
  const scored: ScoredWay[] = [];
  for (const way of possible) {
    const part = partOf(options, scored.length / possible.length, 1 / possible.length);
    const { scores } = await split.score(way, part);
    scored.push({ ...evaluationSettingsOf(way), scores });
  }
  return scored;
};

/**
 * Scores a past evaluation by the settings of the last one; its place in the history is taken by the new result.
 * @returns undefined if that needs other reconstructions or another calibration, or if the last one has changed since
 * @throws ResiduaError `no-run` if nothing is evaluated yet; `cancelled`
 */
export const rescorePast = async (
  { run, trainer }: PresentRun,
  step: number,
  options: WorkOptions,
): Promise<Evaluation | undefined> => {
  const { history, endSignal } = trainer;
  const last = lastEvaluation(trainer);
  const before = history.evaluations.find((evaluation) => evaluation.step === step);
  if (!before || before === last || before.batchNorm !== last.batchNorm) return undefined;
  const result = await run.evaluator.scored.rescorePast(step, withSignal(options, endSignal));
  if (!result || lastEvaluation(trainer) !== last) return undefined;
  const evaluation = { ...before, ...evaluationSettingsOf(last), ...result };
  history.replaceEvaluation(evaluation);
  return evaluation;
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
 * The file of a run's past epochs; undefined if fewer than two are held, or two are too large.
 * @param steps of the history that is written beside it
 */
export const pastFile = (
  { run, images }: PresentRun,
  steps: readonly StepRecord[],
): ArrayBuffer | undefined => {
  const evaluations = run.evaluator.scored.past.packed();
  if (evaluations.length === 0) return undefined;
  return writePastFile({
    side: images.side,
    images: imageSignature(images, testIndicesOf(images)),
    run: runMark(steps),
    evaluations,
  });
};

/**
 * The run as files. Pauses training, and resumes it afterwards. A run that replaces this one waits for the files: a finished run
 * is retained even if the next one starts at once.
 * @param files the threshold on the scores of the last evaluation, and whether the past epochs are wanted
 * @throws ResiduaError `no-run` if nothing is trained yet; `cancelled`
 */
export const exportPresentRun = async (
  present: PresentRun,
  { threshold, past }: TrainingRequests['exportRun'][0],
  options: WorkOptions,
): Promise<ExportedRun> => {
  const { run, trainer, images, summary, imported } = present;
  options.signal?.throwIfAborted();
  const { status, endSignal, history } = trainer;
  if (status.step === 0) throw noRun();
  // Between the two calls nothing may end the run, so the second does not wait for the first.
  const paused = trainer.pause();
  try {
    return await trainer.exclusive(async () => {
      const weights = await run.evaluator.readWeights(options);
      const config = trainer.presentConfig;
      const paper = comparePaper({
        config,
        epochs: history.evaluations.at(-1)?.epoch,
        microBatch: summary.microBatch,
        data: imported ? undefined : images.facts,
      });
      const files = exportRun({ config, categoryName: images.name, history, weights, threshold }, paper);
      return { ...files, past: past ? pastFile(present, history.steps) : undefined };
    });
  } finally {
    await paused;
    if (status.phase === 'running' && !endSignal.aborted) trainer.start();
  }
};

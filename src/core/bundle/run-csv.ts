/** The losses and the evaluations of a run as CSV. */
import { toCsv } from '../csv.ts';
import { epochChoiceOf } from '../epoch-choice.ts';
import type { RunSnapshot } from './run-snapshot.ts';

/** `history.csv`. The shortest text of a float64 preserves every float32 exactly, so nothing is rounded here. */
export const historyCsv = ({ steps }: RunSnapshot): string =>
  toCsv(
    ['step', 'epoch', 'loss', 'objective'],
    steps.map(({ step, epoch, loss, objective = loss }) => [step, epoch, loss, objective]),
  );

/** `evaluations.csv`. */
export const evaluationsCsv = ({ evaluations, config }: RunSnapshot): string =>
  toCsv(
    [
      'epoch',
      'step',
      'image_auroc',
      'epoch_choice',
      'residual_dc_share',
      'batch_norm',
      'score',
      'residual',
      'calibration_pooling',
      'calibration_bands',
      'band_low',
      'band_high',
      'elapsed_ms',
    ],
    evaluations.map((evaluation) => [
      evaluation.epoch,
      evaluation.step,
      evaluation.imageAuroc.defined ? evaluation.imageAuroc.value : undefined,
      epochChoiceOf(evaluation, evaluations, config.epochs),
      evaluation.residualDcShare,
      evaluation.batchNorm,
      evaluation.score,
      evaluation.residual,
      evaluation.calibrationPooling,
      evaluation.calibrationBands,
      evaluation.bandLow,
      evaluation.bandHigh,
      evaluation.elapsedMs,
    ]),
  );

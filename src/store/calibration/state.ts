/** What the page knows of the calibration behind the latest evaluation. */
import type { Evaluation } from '#core/history.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import type { LeftOver } from '#worker/protocol.ts';

export interface CalibrationState {
  /** The evaluation that the rest belongs to; undefined where the latest is not calibrated. */
  readonly evaluation: Evaluation | undefined;
  /** What good training images leave over; undefined until it is known. */
  readonly leftOver: LeftOver | undefined;
  /** Image AUROC with each of a few poolings, by the evaluation's score; undefined until they are known. */
  readonly poolings: readonly PoolingPoint[] | undefined;
}

export const initialCalibration: CalibrationState = {
  evaluation: undefined,
  leftOver: undefined,
  poolings: undefined,
};

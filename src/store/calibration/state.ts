/** The calibration of the latest evaluation. */
import type { Evaluation } from '#core/history.ts';
import type { PoolingPoint } from '#core/scores/pooling-curve.ts';
import type { LeftOver } from '#worker/protocol.ts';

export interface CalibrationState {
  /** The evaluation that these results belong to; undefined if the latest evaluation is not calibrated. */
  readonly evaluation: Evaluation | undefined;
  /** Statistics of the residual of good training images; undefined until they are known. */
  readonly leftOver: LeftOver | undefined;
  /** Image AUROC for several poolings, by the evaluation's score; undefined until it is known. */
  readonly poolings: readonly PoolingPoint[] | undefined;
}

export const initialCalibration: CalibrationState = {
  evaluation: undefined,
  leftOver: undefined,
  poolings: undefined,
};

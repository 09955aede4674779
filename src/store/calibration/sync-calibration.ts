/** Requests the residual's statistics and the poolings for each calibrated evaluation. */
import { asResiduaError, isCancelled } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { isBusy, latestEvaluation } from '../run/state.ts';
import { type CalibrationState, initialCalibration } from './state.ts';

/**
 * Listens to the store. The residual's statistics are requested after each calibrated evaluation. The poolings are computed
 * while the worker is idle, and are canceled if other work arrives.
 */
export const syncCalibration = (api: StateApi, training: TrainingClient): void => {
  const work = createLatestSignal();
  const settle = (evaluation: Evaluation, change: Partial<CalibrationState>): void => {
    if (api.getState().calibration.evaluation === evaluation) patch(api, 'calibration', change);
  };

  /** Dropping the run and urgent work cancel these requests. A cancellation is not an error. */
  const report = (thrown: unknown): void => {
    const error = asResiduaError(thrown).toPlain();
    if (!isCancelled(thrown) && error.code !== 'no-run') patch(api, 'run', { error });
  };

  const askLeftOver = async (evaluation: Evaluation): Promise<void> => {
    try {
      settle(evaluation, { leftOver: await training.request('leftOver') });
    } catch (thrown) {
      report(thrown);
    }
  };

  const computePoolings = async (evaluation: Evaluation): Promise<void> => {
    const signal = work.next();
    try {
      settle(evaluation, { poolings: await training.request('poolingCurve', undefined, { signal }) });
    } catch (thrown) {
      report(thrown);
    }
  };

  let wasFree = false;
  api.subscribe((state) => {
    const latest = latestEvaluation(state.run);
    const evaluation = latest && usesCalibration(latest) ? latest : undefined;
    const changed = evaluation !== state.calibration.evaluation;
    const free = !isBusy(state.run, state.race);
    const begins = free && (changed || !wasFree);
    wasFree = free;
    if (changed || !free) work.abort();
    if (changed) {
      patch(api, 'calibration', { ...initialCalibration, evaluation });
      if (evaluation) void askLeftOver(evaluation);
    }
    if (begins && evaluation && (changed || !state.calibration.poolings)) void computePoolings(evaluation);
  });
};

/** Whether the training worker has nothing to do that the user waits for. */
import type { AppState } from '../app-state.ts';
import { isBusy } from './state.ts';

/** Background work may run, and gives way as soon as this is false. */
export const isResting = ({ run, race, metrics, decision }: AppState): boolean =>
  !isBusy(run, race) &&
  run.task === undefined &&
  !run.reevaluating &&
  metrics.pixel.phase !== 'computing' &&
  metrics.lowCutUnderWay === undefined &&
  decision.goodTrainingScores.phase !== 'computing';

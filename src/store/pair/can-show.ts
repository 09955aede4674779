/** Whether the bundled pair may take the place of what the page has. */
import type { AppState } from '../app-state.ts';
import { hasUnsavedWeights } from '../run/state.ts';

/** The reason why the pair cannot be opened on request, in a sentence; undefined if it can, or is shown. */
export const pairBlock = ({ run, table, dataset, pair }: AppState): string | undefined => {
  if (pair.phase !== 'none') return undefined;
  if (dataset.loading !== undefined || dataset.loaded?.category.samples[0]?.source.kind !== 'synthetic')
    return 'The example runs were trained on the sample. Open the sample first.';
  if (run.device.phase !== 'ready' || run.task !== undefined || table.phase !== 'idle')
    return 'The page is at work. Wait until it is done.';
  if (run.status.phase === 'running') return 'A run is training. Stop it first.';
  return hasUnsavedWeights(run)
    ? 'The example runs replace the present run, whose weights are not retained. Retain or export it first.'
    : undefined;
};

/** Whether the page has the sample and nothing of the user's. */
export const isUntouched = (state: AppState): boolean =>
  pairBlock({ ...state, pair: { phase: 'none' } }) === undefined &&
  state.run.configured === undefined &&
  state.run.error === undefined &&
  state.race.planned.length === 0 &&
  state.runs.retained.length === 0;

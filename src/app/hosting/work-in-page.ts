/** The work that a reload of the page would interrupt or lose. */
import type { AppState } from '#store/app-state.ts';
import { isBusy } from '#store/run/state.ts';
import { isLostOnClose } from '#store/runs/state.ts';

/** Why the page cannot be reloaded now, as a sentence; undefined if nothing would be lost. */
export const blockedReload = (state: AppState): string | undefined => {
  if (state.table.phase !== 'idle') return 'The queue of Table II is running: pause it first.';
  if (isBusy(state.run, state.race)) return 'The run is busy: stop or pause it first.';
  if (isLostOnClose(state)) return 'The run is not retained and would be lost: export it first.';
  return undefined;
};

/** Whether the page has only the things with which it opens: a reload then changes nothing that the user sees. */
export const isAsOpened = (state: AppState): boolean =>
  blockedReload(state) === undefined &&
  state.dataset.loading === undefined &&
  state.dataset.loaded?.category.samples[0]?.source.kind === 'synthetic' &&
  (state.run.configured === undefined || state.pair.phase === 'shown');

/** The chosen image with the mean good image as its reconstruction, while the bench shows the mean image. */

import { asResiduaError, isCancelled } from '#core/errors.ts';
import { isSameFraming } from '#core/fit.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { shownTile } from '../view/state.ts';
import { baselineConfig, referencesKey } from './state.ts';

/** Returns a key of the view's inputs; undefined if the view is not shown. */
const wantedKey = ({ view, run, dataset: { loaded } }: AppState): string | undefined => {
  const config = baselineConfig(run);
  if (view.reconstructionSource !== 'mean-image' || view.selected === undefined) return undefined;
  return loaded && isSameFraming(loaded, config)
    ? `${view.selected} ${shownTile(view)} ${referencesKey(config)}`
    : undefined;
};

/** Requests the view when it is shown and its inputs change. */
export const followMeanView = (api: StateApi, client: BaselinesClient): void => {
  const work = createLatestSignal();

  const show = async (): Promise<void> => {
    const signal = work.next();
    const { view, run, dataset } = api.getState();
    try {
      const meanSample = await client.view(
        { index: view.selected!, tile: shownTile(view) },
        baselineConfig(run),
        {
          signal,
        },
      );
      if (!signal.aborted && api.getState().dataset.loaded === dataset.loaded)
        patch(api, 'view', { meanSample });
    } catch (thrown) {
      if (!signal.aborted && !isCancelled(thrown))
        patch(api, 'baselines', { error: asResiduaError(thrown).toPlain() });
    }
  };

  api.subscribe((state, before) => {
    const key = wantedKey(state);
    const sameImages = state.dataset.loaded === before.dataset.loaded;
    if (sameImages && key === wantedKey(before)) return;
    if (!sameImages && state.view.meanSample) patch(api, 'view', { meanSample: undefined });
    if (key === undefined) work.abort();
    else void show();
  });
};

/** Choosing what is shown and how. */
import { asResiduaError } from '#core/errors.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from './app-state.ts';
import { galleryOrder } from './gallery-order.ts';
import { latestEvaluation } from './run-state.ts';
import type { ViewState } from './view-state.ts';

/** What can be done with the view. None of these rejects. */
export interface ViewActions {
  /** Shows a sample by its index in the image set. */
  select(index: number): Promise<void>;
  /** Shows the sample that is `offset` places away in the gallery's order; stays at the ends. */
  walk(offset: number): Promise<void>;
  /** Shows one split in the gallery. */
  setGalleryMode(mode: ViewState['galleryMode']): void;
  /** Sets display options. */
  set(options: Partial<Omit<ViewState, 'selected' | 'sample' | 'galleryMode'>>): void;
}

/** Makes the actions of the view slice. */
export const createViewActions = (api: StateApi, training: TrainingClient): ViewActions => {
  const select = async (index: number): Promise<void> => {
    const { dataset } = api.getState();
    const sample = dataset.loaded?.samples[index];
    if (!sample) return;
    patch(api, 'view', { selected: index, galleryMode: sample.split });
    try {
      const view = await training.request('view', { index });
      const now = api.getState();
      const current = now.view.selected === index && now.dataset.loaded === dataset.loaded;
      if (current) patch(api, 'view', { sample: view });
    } catch (thrown) {
      if (api.getState().view.selected === index)
        patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
    }
  };

  return {
    select,
    walk: async (offset) => {
      const { dataset, run, view } = api.getState();
      if (!dataset.loaded) return;
      const scores = latestEvaluation(run)?.scores;
      const items = galleryOrder(dataset.loaded.samples, view.galleryMode, scores, view.gallerySort);
      const place = items.findIndex(({ index }) => index === view.selected);
      const item = items[Math.min(items.length - 1, Math.max(0, place + offset))];
      if (item && item.index !== view.selected) await select(item.index);
    },
    setGalleryMode: (galleryMode) => patch(api, 'view', { galleryMode }),
    set: (options) => patch(api, 'view', options),
  };
};

/** Choosing what is shown and how. */
import { asResiduaError } from '#core/errors.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from './app-state.ts';
import { createGallerySelector } from './gallery-content.ts';
import { walkTarget } from './gallery-order.ts';
import type { ViewState } from './view-state.ts';

/** What can be done with the view. None of these rejects. */
export interface ViewActions {
  /** Shows a sample by its index in the image set. */
  select(index: number): Promise<void>;
  /**
   * Shows the sample that is `offset` places away among those that the gallery shows, in its order; stays at the ends. From one
   * that the filter hides, the first step goes to the nearest.
   */
  walk(offset: number): Promise<void>;
  /** Shows one split in the gallery. */
  setGalleryMode(mode: ViewState['galleryMode']): void;
  /** Sets display options. */
  set(options: Partial<Omit<ViewState, 'selected' | 'sample' | 'galleryMode'>>): void;
}

/** Makes the actions of the view slice. */
export const createViewActions = (api: StateApi, training: TrainingClient): ViewActions => {
  const gallery = createGallerySelector();
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
      const { order, shown } = gallery(api.getState());
      const { selected } = api.getState().view;
      const item = walkTarget(order, shown, selected, offset);
      if (item && item.index !== selected) await select(item.index);
    },
    setGalleryMode: (galleryMode) => patch(api, 'view', { galleryMode }),
    set: (options) => patch(api, 'view', options),
  };
};

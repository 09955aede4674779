/** Keeps the decoded images of opened folders, if the user wants that. */
import { asResiduaError } from '#core/errors.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import { toKeptImages } from './kept-images.ts';
import type { StorageTurns } from './storage-turns.ts';

/** Whether a reload would lose these images: they come from files. */
export const areFromFiles = ({ category }: LoadedDataset): boolean =>
  category.samples.some(({ source }) => source.kind === 'file');

/** Starts to follow the loaded images and the user's choice. */
export const keepImages = (api: StateApi, training: TrainingClient, { inTurn }: StorageTurns): void => {
  const keep = async (loaded: LoadedDataset): Promise<void> => {
    try {
      const images = await training.request('copyImages');
      if (!images || api.getState().dataset.loaded !== loaded) return;
      await inTurn((open) => open.images.write(toKeptImages(loaded, images)));
    } catch (thrown) {
      patch(api, 'storage', { error: asResiduaError(thrown).toPlain() });
    }
  };

  const keepIfWanted = ({ dataset: { loaded }, storage }: AppState): void => {
    if (loaded && storage.keepsImages && areFromFiles(loaded)) void keep(loaded);
  };
  api.subscribe((state, before) => {
    const isNew =
      state.dataset.loaded !== before.dataset.loaded ||
      state.storage.keepsImages !== before.storage.keepsImages;
    if (isNew) keepIfWanted(state);
  });
  // Images may have been loaded before this code was.
  keepIfWanted(api.getState());
};

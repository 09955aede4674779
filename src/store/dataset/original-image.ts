/** Images at the size of their files, decoded again when they are needed. */
import { ResiduaError } from '#core/errors.ts';
import type { OriginalImage } from '#worker/dataset-client.ts';
import type { StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';

export interface OriginalImageActions {
  /**
   * Decodes an image of the loaded category at the size of its file.
   * @param path inside the category
   * @throws ResiduaError (as rejection) `no-images` if the loaded category has no such image, `unreadable-image` if the file
   *   cannot be read any more
   */
  originalImage(path: string): Promise<OriginalImage>;
}

/** Creates the action. */
export const createOriginalImageActions = (
  api: StateApi,
  dataset: Pick<Clients['dataset'], 'original'>,
): OriginalImageActions => ({
  originalImage: async (path) => {
    const { loaded } = api.getState().dataset;
    const sample = loaded?.category.samples.find((candidate) => candidate.path === path);
    if (!sample) {
      throw new ResiduaError(
        'no-images',
        `The loaded images have no ${path}.`,
        'Choose an image of the gallery.',
      );
    }
    return dataset.original(sample.source);
  },
});

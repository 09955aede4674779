/** Scores dropped images with the present run. */

import type { DroppedFile } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { createLatestSignal } from '../latest-signal.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { initialNewImages } from './state.ts';

/** Actions on new images. None rejects: errors go to `newImages.error`. */
export interface NewImagesActions {
  /** Scores images like the last evaluation of the present run; the loaded images stay. */
  score(files: readonly DroppedFile[]): Promise<void>;
  /** Cancels the scoring under way, and drops the results. */
  close(): void;
}

export const newImagesPolicy: QueuePolicy<NewImagesActions> = {
  score: { refuse: 'images', report: 'dataset' },
  close: 'allow',
};

/** Creates the actions; the code of the scoring loads with the first drop. */
export const createNewImagesActions = (api: StateApi, clients: Clients): NewImagesActions => {
  const scorings = createLatestSignal();
  return {
    score: async (files) => {
      const signal = scorings.next();
      const { scoreNewImages } = await import('./score-new-images.ts');
      await scoreNewImages(api, clients, files, signal);
    },
    close: () => {
      scorings.abort();
      patch(api, 'newImages', initialNewImages);
    },
  };
};

/** Finds the loaded images for a worker whose predecessor has taken them along. */
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { picturesOf } from '#core/tiles.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import type { RecoveryParts } from './recovery-parts.ts';

const gone = ({ category: { name }, side }: LoadedDataset): ResiduaError =>
  new ResiduaError(
    'storage-failed',
    `The images of ${name} at side ${side} went with the training worker, and the browser's storage no longer has them.`,
    'Open their folder again, and resume the run.',
  );

/** Whether some file of the folder has changed or is gone: decoding leaves out images. */
const areSame = ({ samples }: LoadedDataset, images: ImageSet): boolean =>
  picturesOf(samples, images.fit)
    .map(({ path }) => path)
    .join('\n') === images.samples.map(({ path }) => path).join('\n');

/**
 * Decodes the loaded images again, or reads them from the browser's storage if their files are unknown or gone.
 * @returns undefined if none are loaded
 * @throws ResiduaError (as rejection) as the decoding; `storage-failed` if they came from the storage and are no longer there
 */
export const imagesAgain = async ({
  api,
  dataset,
  storage,
}: Pick<RecoveryParts, 'api' | 'dataset' | 'storage'>): Promise<ImageSet | undefined> => {
  const { loaded } = api.getState().dataset;
  if (!loaded) return undefined;
  const haveFiles = loaded.category.samples.every(({ source }) => source.kind !== 'kept');
  const decoded = haveFiles ? dataset.imagesAgain() : Promise.reject(gone(loaded));
  const found = await decoded.catch(() => undefined);
  if (found && areSame(loaded, found)) return found;
  const kept = await (await storage()).keptImages(loaded).catch(() => undefined);
  return kept ?? decoded;
};

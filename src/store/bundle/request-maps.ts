/** Collects the anomaly maps of the latest evaluation. */
import type { AnomalyMaps } from '#core/anomaly-maps/map-files.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { LongCall } from '../run/run-tasks.ts';

/**
 * Requests the maps of all test images from the worker.
 * @throws ResiduaError `no-run` if nothing is evaluated; `cancelled`; any error of the worker
 */
export const requestMaps = async (
  api: StateApi,
  training: TrainingClient,
  call: LongCall,
): Promise<AnomalyMaps> => {
  const { loaded } = api.getState().dataset;
  const sizes = new Map(loaded?.samples.map((sample) => [sample.path, sample]));
  const { side, images } = await training.request('scoredMaps', undefined, call);
  const fit = loaded?.fit ?? 'squeeze';
  return {
    category: loaded?.category.name ?? 'unnamed',
    side,
    fit,
    images: images.map(({ path, defectType, map }) => {
      const { width, height } = sizes.get(path) ?? { width: side, height: side };
      return { path, defectType, width, height, map };
    }),
  };
};

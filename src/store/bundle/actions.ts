/** Exports the present run with its results: the bundle, or each part of it. */
import type { AnomalyMaps, MapSize } from '#core/anomaly-maps/map-files.ts';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { MetricsActions } from '../metrics/actions.ts';
import type { LongCall, RunTasks } from '../run/run-tasks.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { BundleOptions } from './request-bundle.ts';

export type { BundleOptions } from './request-bundle.ts';

/** Actions on the bundle. They never reject: errors go to `run.error`, and the result is undefined. */
export interface BundleActions {
  /**
   * Returns the bundle of the latest evaluation as one .zip; also undefined if it is canceled.
   * @param options.name of the .zip, without its end
   */
  zip(options: BundleOptions & { readonly name: string }): Promise<BundlePart | undefined>;
  /** Returns its parts. */
  parts(options: BundleOptions): Promise<readonly BundlePart[] | undefined>;
  /** Returns the anomaly maps of the latest evaluation as TIFF files in one .zip. */
  mapArchive(size: MapSize): Promise<Blob | undefined>;
  /** Returns the same maps as numbers. */
  maps(): Promise<AnomalyMaps | undefined>;
}

export const bundlePolicy: QueuePolicy<BundleActions> = {
  zip: 'allow',
  parts: 'allow',
  mapArchive: 'allow',
  maps: 'allow',
};

/** Creates the actions. Their work is loaded with the first bundle. */
export const createBundleActions = (
  api: StateApi,
  training: TrainingClient,
  { pythonFile }: Pick<Clients, 'pythonFile'>,
  { performLong }: Pick<RunTasks, 'performLong'>,
  { computePixel }: Pick<MetricsActions, 'computePixel'>,
): BundleActions => {
  const parts = (
    options: BundleOptions,
    zipName: string | undefined,
  ): Promise<readonly BundlePart[] | undefined> =>
    performLong('exporting', async (call) => {
      const { requestBundle } = await import('./request-bundle.ts');
      return requestBundle({ api, training, pythonFile, computePixel }, options, zipName, call);
    });
  const maps = <T>(use: (found: AnomalyMaps, call: LongCall) => T | Promise<T>): Promise<T | undefined> =>
    performLong('exporting', async (call) => {
      const { requestMaps } = await import('./request-maps.ts');
      return use(await requestMaps(api, training, call), call);
    });
  return {
    maps: () => maps((found) => found),
    mapArchive: (size) =>
      maps(async (found, call) => {
        const { mapArchive } = await import('./map-archive.ts');
        return mapArchive(found, size, call);
      }),
    zip: async (options) => (await parts(options, `${options.name}.zip`))?.[0],
    parts: (options) => parts(options, undefined),
  };
};

/** Exports the present run with its results: the bundle, or each part of it. */
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { MetricsActions } from '../metrics/actions.ts';
import type { RunTasks } from '../run/run-tasks.ts';
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
}

export const bundlePolicy: QueuePolicy<BundleActions> = { zip: 'allow', parts: 'allow' };

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
  return {
    zip: async (options) => (await parts(options, `${options.name}.zip`))?.[0],
    parts: (options) => parts(options, undefined),
  };
};

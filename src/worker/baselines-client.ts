/**
 * The page's client of the baselines workers. Baselines need no network and no device; separate threads let
 * training continue beside them.
 */
import type { StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceEvaluations } from '#core/baselines/reference-evaluation.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import type { HeldReconstructions, TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { ShownPlace } from '#core/tiles.ts';
import { transferableBuffers } from './image-buffers.ts';
import { type RequestCall, RpcClient } from './rpc.ts';

/** Request name -> [arguments, result]. All except the first reject if no images are loaded. */
export interface BaselinesRequests {
  loadImages: [ImageSet, undefined];
  statistics: [RunConfig, readonly StatisticEvaluation[]];
  references: [RunConfig, ReferenceEvaluations];
  view: [ShownPlace & { readonly config: RunConfig }, SampleView];
  testSpectra: [HeldReconstructions, TestSpectra];
}

/**
 * Computes baselines off the main thread. Workers start with the first images. A config determines the
 * trained images, and its evaluation settings determine the scores of the references. Each request may take
 * long, and rejects with `cancelled` if it is aborted.
 */
export interface BaselinesClient {
  /** Loads the images, which are transferred unless they are shared. The caller must end work on the previous images. */
  load(images: ImageSet): Promise<void>;
  /** The statistics of the test images, each with its deviation from the good training images. */
  statistics(config: RunConfig, call?: RequestCall): Promise<readonly StatisticEvaluation[]>;
  /**
   * The mean good image and the variation model.
   * @throws ResiduaError (as rejection) `config-invalid` if the settings do not suit the images
   */
  references(config: RunConfig, call?: RequestCall): Promise<ReferenceEvaluations>;
  /** An image with the mean good image as its reconstruction; without one if there are no good training images. */
  view(place: ShownPlace, config: RunConfig, call?: RequestCall): Promise<SampleView>;
  /** The spectra of the test set's residual by these reconstructions, which are transferred. Does not use the training worker. */
  testSpectra(held: HeldReconstructions, call?: RequestCall): Promise<TestSpectra>;
}

type BaselinesRpc = RpcClient<BaselinesRequests, Record<never, never>>;

const start = (): BaselinesRpc => {
  const worker = new Worker(new URL('./baselines.worker.ts', import.meta.url), { type: 'module' });
  const rpc: BaselinesRpc = new RpcClient(worker);
  worker.addEventListener('error', ({ message }) =>
    rpc.rejectAll(
      new ResiduaError(
        'internal',
        `The baselines worker ended: ${message || 'it failed to load'}.`,
        'Reload the page.',
      ),
    ),
  );
  return rpc;
};

/** Creates a client; starts nothing yet. */
export const createBaselinesClient = (): BaselinesClient => {
  let references: BaselinesRpc | undefined;
  let statistics: BaselinesRpc | undefined;
  /** If the images are in shared memory, a second worker halves the time without a second copy of them. */
  let areShared = false;
  const forReferences = (): BaselinesRpc => {
    references ??= start();
    return references;
  };
  const forStatistics = (): BaselinesRpc => {
    if (!areShared) return forReferences();
    statistics ??= start();
    return statistics;
  };
  return {
    load: async (images) => {
      areShared = !(images.pixels.buffer instanceof ArrayBuffer);
      const loading = [
        forReferences().request('loadImages', images, { transfer: transferableBuffers(images) }),
      ];
      if (areShared) {
        const withoutMasks = { ...images, masks: new Uint8Array(0) };
        loading.push(forStatistics().request('loadImages', withoutMasks));
      }
      await Promise.all(loading);
    },
    statistics: (config, call) => forStatistics().request('statistics', config, call),
    references: (config, call) => forReferences().request('references', config, call),
    view: (place, config, call) => forReferences().request('view', { ...place, config }, call),
    testSpectra: (held, call) =>
      forStatistics().request('testSpectra', held, {
        ...call,
        transfer: [held.pixels.buffer as ArrayBuffer],
      }),
  };
};

/**
 * The page's way to the baselines workers. Baselines take no network and no device: they have threads to themselves, so that
 * training does not wait for them.
 */
import type { StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceEvaluations } from '#core/baselines/reference-evaluation.ts';
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { transferableBuffers } from './image-buffers.ts';
import { type RequestCall, RpcClient } from './rpc.ts';

/** Request name -> [arguments, result]. All but the first reject where no images are there. */
export interface BaselinesRequests {
  loadImages: [ImageSet, undefined];
  statistics: [RunConfig, readonly StatisticEvaluation[]];
  references: [RunConfig, ReferenceEvaluations];
  view: [{ readonly index: number; readonly config: RunConfig }, SampleView];
}

/**
 * Baselines off the main thread. Workers start with the first images. A config says which good training images are
 * trained on, and by its evaluation settings how references are scored. Each request may take long: it rejects with
 * `cancelled` where it is aborted.
 */
export interface BaselinesClient {
  /** Gives the images; they are taken over unless they are shared. What is under way on those before is the caller's to end. */
  load(images: ImageSet): Promise<void>;
  /** The statistics of the test images, each with its deviation from the good training images. */
  statistics(config: RunConfig, call?: RequestCall): Promise<readonly StatisticEvaluation[]>;
  /**
   * The mean good image and the variation model.
   * @throws ResiduaError (as rejection) `config-invalid` where the settings do not suit the images
   */
  references(config: RunConfig, call?: RequestCall): Promise<ReferenceEvaluations>;
  /** An image with the mean good image as its reconstruction; without one where there is no good training image. */
  view(index: number, config: RunConfig, call?: RequestCall): Promise<SampleView>;
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

/** Makes a client; starts nothing yet. */
export const createBaselinesClient = (): BaselinesClient => {
  let references: BaselinesRpc | undefined;
  let statistics: BaselinesRpc | undefined;
  /** A second worker halves the time, but only images in shared memory cost no second copy. */
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
    view: (index, config, call) => forReferences().request('view', { index, config }, call),
  };
};

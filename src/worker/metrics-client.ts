/**
 * The page's client of the metrics workers. Metrics of millions of pixels run on a separate thread, so they
 * do not delay other work, and canceling them does not affect it.
 */
import { cancelled, ResiduaError } from '#core/errors.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { type RequestCall, RpcClient } from './rpc.ts';

export interface ImageMetricsInput {
  /** One score per image; higher means more anomalous. */
  readonly scores: Float64Array;
  readonly labels: ImageLabels;
  /** Seed of the bootstrap's draws. */
  readonly seed: number;
}

export interface PixelMetricsInput {
  /** S of all maps and masks, in pixels. */
  readonly side: number;
  readonly images: readonly ScoredMap[];
}

/** Request name -> [arguments, result]. */
export interface MetricsRequests {
  imageMetrics: [ImageMetricsInput, ImageMetrics];
  pixelMetrics: [PixelMetricsInput, PixelMetrics];
}

/** Metrics off the main thread. The worker starts with the first call and is reused. */
export interface MetricsClient {
  /** AUROC with its interval, average precision and F1-max, overall and for each defect type. */
  imageMetrics(input: ImageMetricsInput): Promise<ImageMetrics>;
  /**
   * Pixel AUROC and AU-PRO, overall and for each defect type. The maps' buffers are transferred.
   * @throws ResiduaError (as rejection) `non-finite-score`, naming the image; `cancelled`
   */
  pixelMetrics(input: PixelMetricsInput, call?: RequestCall): Promise<PixelMetrics>;
}

interface Running {
  readonly worker: Worker;
  readonly rpc: RpcClient<MetricsRequests, Record<never, never>>;
}

const start = (): Running => {
  const worker = new Worker(new URL('./metrics.worker.ts', import.meta.url), { type: 'module' });
  const rpc = new RpcClient<MetricsRequests, Record<never, never>>(worker);
  worker.addEventListener('error', ({ message }) =>
    rpc.rejectAll(
      new ResiduaError(
        'internal',
        `The metrics worker ended: ${message || 'it failed to load'}.`,
        'Reload the page.',
      ),
    ),
  );
  return { worker, rpc };
};

const buffersOf = (images: readonly ScoredMap[]): ArrayBuffer[] => [
  ...new Set(images.map(({ map }) => map.buffer as ArrayBuffer)),
];

/** Creates a client; starts nothing yet. */
export const createMetricsClient = (): MetricsClient => {
  let ofImages: Running | undefined;
  let ofPixels: Running | undefined;
  return {
    imageMetrics: (input) => {
      ofImages ??= start();
      return ofImages.rpc.request('imageMetrics', input);
    },
    pixelMetrics: (input, { onProgress, signal } = {}) => {
      if (signal?.aborted) return Promise.reject(cancelled());
      ofPixels ??= start();
      const { worker, rpc } = ofPixels;
      const stop = (): void => {
        // The worker's only thread is in the middle of a sort: terminating it is the fastest way to stop.
        worker.terminate();
        ofPixels = undefined;
        rpc.rejectAll(cancelled());
      };
      signal?.addEventListener('abort', stop, { once: true });
      const transfer = buffersOf(input.images);
      return rpc
        .request('pixelMetrics', input, { transfer, ...(onProgress && { onProgress }) })
        .finally(() => signal?.removeEventListener('abort', stop));
    },
  };
};

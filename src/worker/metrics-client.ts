/** The page's way to the metrics worker, which has a thread to itself: metrics of millions of pixels hold up nothing. */
import { ResiduaError } from '#core/errors.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { ScoredMap } from '#core/metrics/pixel-ranking.ts';
import { RpcClient } from './rpc.ts';

export interface ImageMetricsInput {
  /** One score an image; higher means more anomalous. */
  readonly scores: Float64Array;
  readonly labels: ImageLabels;
  /** Of the bootstrap's draws. */
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

/** Event name -> payload. */
export interface MetricsEvents {
  /** Share of the pixel metrics under way that is done, 0 to 1. */
  progress: number;
}

export interface PixelMetricsCall {
  readonly onProgress?: (share: number) => void;
  /** Aborting ends the worker's work at once and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Metrics off the main thread. The worker starts with the first call and stays for the next. */
export interface MetricsClient {
  /** AUROC with its interval, average precision and F1-max, overall and for each defect type. */
  imageMetrics(input: ImageMetricsInput): Promise<ImageMetrics>;
  /**
   * Pixel AUROC and AU-PRO, overall and for each defect type. One call at a time. The maps' buffers are handed over.
   * @throws ResiduaError (as rejection) `non-finite-score`, naming the image
   */
  pixelMetrics(input: PixelMetricsInput, call?: PixelMetricsCall): Promise<PixelMetrics>;
}

interface Running {
  readonly worker: Worker;
  readonly rpc: RpcClient<MetricsRequests, MetricsEvents>;
}

const start = (): Running => {
  const worker = new Worker(new URL('./metrics.worker.ts', import.meta.url), { type: 'module' });
  const rpc = new RpcClient<MetricsRequests, MetricsEvents>(worker);
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

/** Makes a client; starts nothing yet. */
export const createMetricsClient = (): MetricsClient => {
  let running: Running | undefined;
  const open = (): Running => {
    running ??= start();
    return running;
  };
  return {
    imageMetrics: (input) => open().rpc.request('imageMetrics', input),
    pixelMetrics: (input, { onProgress, signal } = {}) => {
      const { worker, rpc } = open();
      const end = rpc.on('progress', (share) => onProgress?.(share));
      return new Promise<PixelMetrics>((resolve, reject) => {
        const stop = (): void => {
          // The worker's one thread is in the middle of a sort: ending it is the quickest way to have it stop.
          worker.terminate();
          running = undefined;
          reject(signal?.reason);
        };
        if (signal?.aborted) return stop();
        signal?.addEventListener('abort', stop, { once: true });
        rpc
          .request('pixelMetrics', input, buffersOf(input.images))
          .then(resolve, reject)
          .finally(() => {
            signal?.removeEventListener('abort', stop);
            end();
          });
      });
    },
  };
};

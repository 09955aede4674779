/** The metrics worker: scores and maps to metrics. */
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import { type PixelMetrics, pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { MetricsEvents, MetricsRequests } from './metrics-client.ts';
import { serveRpc } from './rpc.ts';

const rpc = serveRpc<MetricsRequests, MetricsEvents>(self, {
  imageMetrics: ({ scores, labels, seed }) => imageMetrics(scores, labels, seed),
  pixelMetrics: ({ side, images }): Promise<PixelMetrics> =>
    pixelMetrics(images, side, { onProgress: (share) => rpc.emit('progress', share) }),
});

/** The metrics worker: computes metrics from scores and maps. */
import { imageMetrics } from '#core/metrics/image-metrics.ts';
import { pixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { MetricsRequests } from './metrics-client.ts';
import { serveRpc } from './rpc.ts';

serveRpc<MetricsRequests>(self, {
  imageMetrics: ({ scores, labels, seed }) => imageMetrics(scores, labels, seed),
  pixelMetrics: ({ side, images }, { onProgress }) => pixelMetrics(images, side, { onProgress }),
});

/** The second thread of the calibration of a baselines worker. */
import type { ThreadSetup } from '#core/calibration/kernels/kernel-memory.ts';
import { serveThread } from '#core/calibration/kernels/serve-thread.ts';

self.onmessage = ({ data }: MessageEvent<ThreadSetup>): void => serveThread(data);

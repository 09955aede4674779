/** Image AUROC by how much a calibration pools: good images alone do not tell which pooling suits their parts. */
import type { Metric } from '../history.ts';

/** "This pixel", the default, and "all pixels". */
export const shownPoolings = [0, 0.1, 1] as const;

/** The AUROC with one pooling. */
export interface PoolingPoint {
  /** Weight of the statistics over all pixels, 0 to 1. */
  readonly pooling: number;
  readonly imageAuroc: Metric;
}

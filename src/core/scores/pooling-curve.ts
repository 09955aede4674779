/** Image AUROC as a function of a calibration's pooling: good images alone do not reveal which pooling suits them. */
import type { Metric } from '../history.ts';

/** "This pixel", the default, and "all pixels". */
export const shownPoolings = [0, 0.1, 1] as const;

/** The AUROC for one pooling. */
export interface PoolingPoint {
  /** Weight of the statistics over all pixels, 0 to 1. */
  readonly pooling: number;
  readonly imageAuroc: Metric;
}

/** What work would hold on a device. */
export interface PlannedMemory {
  /** All that it holds together, at the peak. */
  readonly bytes: number;
  /** The largest single buffer: adapters limit it. */
  readonly largestBufferBytes: number;
  /** Dispatches of each recording on WebGPU, in the order in which they were made. */
  readonly dispatches: readonly number[];
}

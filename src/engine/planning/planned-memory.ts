/** The memory that work would hold on a device. */
export interface PlannedMemory {
  /** Bytes in all, at the peak. */
  readonly bytes: number;
  /** The largest single buffer: adapters limit it. */
  readonly largestBufferBytes: number;
  /** Dispatches of each recording on WebGPU, in the order of recording. */
  readonly dispatches: readonly number[];
}

/** The memory that work would hold on a device. */
export interface PlannedMemory {
  /** Total bytes at the peak. */
  readonly bytes: number;
  /** Bytes of the largest single buffer; adapters limit this size. */
  readonly largestBufferBytes: number;
  /** Number of dispatches of each recording on WebGPU, in the order of recording. */
  readonly dispatches: readonly number[];
}

/** The device that trains, as both sides of the worker boundary speak of it. */

/** What the user asks for: a backend, or the one that suits the machine. */
export const deviceChoices = ['auto', 'webgpu', 'wasm'] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

/**
 * `gpu`: loads are cheap where neighboring threads share cache lines, registers are few, thousands of threads are
 * needed. `cpu` (SwiftShader, lavapipe): every load is a gather that costs several multiplications, spilled registers
 * cost little, a few dozen threads are enough.
 */
export type DeviceClass = 'cpu' | 'gpu';

/** What the device is, what it can hold, and why it was taken. */
export interface DeviceReport {
  readonly backend: 'webgpu' | 'wasm';
  /** Vendor and architecture as the browser tells them, such as `apple metal-3`; for the processor its threads. */
  readonly name: string;
  /** Threads that compute: 1 on a graphics device. */
  readonly threads: number;
  /** True where it is WebGPU on a CPU in disguise. */
  readonly isFallback: boolean;
  /** Why this device, in whole sentences. */
  readonly reason: string;
  readonly deviceClass: DeviceClass;
  /** As the browser tells it, `swiftshader` or `metal-3`, or empty: some plans differ by it. */
  readonly architecture: string;
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
  readonly workgroupStorageBytes: number;
}

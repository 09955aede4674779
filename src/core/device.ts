/** The device that trains, in the terms that both sides of the worker boundary use. */

/** The user's choice: a backend, or `auto` for the best backend on this machine. */
export const deviceChoices = ['auto', 'webgpu', 'wasm'] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

/**
 * - `gpu`: loads are cheap if neighboring threads share cache lines; registers are scarce; thousands of threads are needed.
 * - `cpu` (SwiftShader, lavapipe): every load is a gather that costs several multiplications; spilled registers cost
 *   little; a few dozen threads are enough.
 */
export type DeviceClass = 'cpu' | 'gpu';

/** Which device was chosen, its limits, and the reason for the choice. */
export interface DeviceReport {
  readonly backend: 'webgpu' | 'wasm';
  /** Vendor and architecture as the browser reports them, such as `apple metal-3`; for the processor, its threads. */
  readonly name: string;
  /** Threads that compute: 1 on a graphics device. */
  readonly threads: number;
  /** Whether this is WebGPU in software: a CPU behind the WebGPU interface. */
  readonly isFallback: boolean;
  /** Why this device, in whole sentences. */
  readonly reason: string;
  readonly deviceClass: DeviceClass;
  /** As the browser reports it, such as `swiftshader` or `metal-3`; may be empty. Some plans depend on it. */
  readonly architecture: string;
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
  readonly workgroupStorageBytes: number;
}

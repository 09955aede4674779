/** The device of a run, for its record. */
import type { DeviceState } from '../run/state.ts';

/** Returns the device in words; undefined if none is ready. */
export const deviceInWords = (device: DeviceState): string | undefined => {
  if (device.phase !== 'ready') return undefined;
  const { backend, name } = device.report;
  return `${backend === 'wasm' ? 'WebAssembly' : 'WebGPU'}, ${name}`;
};

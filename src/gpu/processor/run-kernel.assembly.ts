/** Finds a kernel by its number. Each runs one chunk of its work; `_scratch` is memory of this thread alone. */
import { runFill } from './fill.assembly.ts';
import * as numbers from './kernel-numbers.ts';

export function runKernel(kernel: i32, address: usize, chunk: i32, _scratch: usize): void {
  switch (kernel) {
    case numbers.fill:
      runFill(address, chunk);
      break;
    default:
      unreachable();
  }
}

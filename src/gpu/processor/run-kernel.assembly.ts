/** Finds a kernel by its number. Each runs one chunk of its work; `scratch` is memory of this thread alone. */
import { runFilterPatches, runFilterPositions } from '../conv/filter-product.assembly.ts';
import { runGatherPatches, runGatherPositions } from '../conv/gather-product.assembly.ts';
import { runPackFilter } from '../conv/pack-filter.assembly.ts';
import { runSumPartials } from '../conv/sum-partials.assembly.ts';
import { runFill } from './fill.assembly.ts';
import * as numbers from './kernel-numbers.ts';

export function runKernel(kernel: i32, address: usize, chunk: i32, scratch: usize): void {
  switch (kernel) {
    case numbers.fill:
      runFill(address, chunk);
      break;
    case numbers.packFilter:
      runPackFilter(address, chunk);
      break;
    case numbers.gatherPatches:
      runGatherPatches(address, chunk, scratch);
      break;
    case numbers.gatherPositions:
      runGatherPositions(address, chunk);
      break;
    case numbers.filterPatches:
      runFilterPatches(address, chunk, scratch);
      break;
    case numbers.filterPositions:
      runFilterPositions(address, chunk, scratch);
      break;
    case numbers.sumPartials:
      runSumPartials(address, chunk);
      break;
    default:
      unreachable();
  }
}

/** Finds a kernel by its number. Each runs one chunk of its work; `scratch` is memory of this thread alone. */
import { runCornerFilter, runScatterCorners } from '../conv/corners.assembly.ts';
import { runFilterPatches, runFilterPositions } from '../conv/filter-product.assembly.ts';
import { runGatherPatches, runGatherPositions } from '../conv/gather-product.assembly.ts';
import { runPackFilter } from '../conv/pack-filter.assembly.ts';
import { runSumPartials } from '../conv/sum-partials.assembly.ts';
import {
  runUpsampleInputGradient,
  runUpsampleProduct,
  runUpsampleSums,
} from '../conv/upsample-product.assembly.ts';
import { runWinogradFilter, runWinogradFilterGradient } from '../conv/winograd-filter.assembly.ts';
import { runWinogradProduct, runWinogradSums } from '../conv/winograd-product.assembly.ts';
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
    case numbers.winogradFilter:
      runWinogradFilter(address, chunk);
      break;
    case numbers.winogradProduct:
      runWinogradProduct(address, chunk, scratch);
      break;
    case numbers.winogradSums:
      runWinogradSums(address, chunk, scratch);
      break;
    case numbers.winogradFilterGradient:
      runWinogradFilterGradient(address, chunk);
      break;
    case numbers.upsampleProduct:
      runUpsampleProduct(address, chunk, scratch);
      break;
    case numbers.upsampleInputGradient:
      runUpsampleInputGradient(address, chunk, scratch);
      break;
    case numbers.upsampleSums:
      runUpsampleSums(address, chunk, scratch);
      break;
    case numbers.cornerFilter:
      runCornerFilter(address, chunk);
      break;
    case numbers.scatterCorners:
      runScatterCorners(address, chunk);
      break;
    default:
      unreachable();
  }
}

/** Calls a kernel by its number, for one chunk. `scratch` is this thread's private memory. */
import {
  runAddRelu,
  runAddReluGradient,
  runBiasSigmoid,
  runBiasSigmoidGradient,
  runJoinChannelSums,
} from '../ops/activation/activation.assembly.ts';
import {
  runAddReluUpsampled,
  runAddReluUpsampledGradient,
} from '../ops/activation/add-relu-upsampled.assembly.ts';
import {
  runBatchNormGradientSums,
  runBatchNormInputGradient,
  runJoinGradientSums,
} from '../ops/batch-norm/batch-norm-gradient.assembly.ts';
import {
  runChannelMoments,
  runJoinMoments,
  runMergeMoments,
} from '../ops/batch-norm/channel-moments.assembly.ts';
import { runNormalize } from '../ops/batch-norm/normalize.assembly.ts';
import { runCornerFilter, runScatterCorners } from '../ops/conv/cpu/corners.assembly.ts';
import { runFilterPatches, runFilterPositions } from '../ops/conv/cpu/filter-product.assembly.ts';
import { runGatherPatches, runGatherPositions } from '../ops/conv/cpu/gather-product.assembly.ts';
import { runPackFilter } from '../ops/conv/cpu/pack-filter.assembly.ts';
import { runSumPartials } from '../ops/conv/cpu/sum-partials.assembly.ts';
import {
  runUpsampleInputGradient,
  runUpsampleProduct,
  runUpsampleSums,
} from '../ops/conv/cpu/upsample-product.assembly.ts';
import { runWinogradFilter, runWinogradFilterGradient } from '../ops/conv/cpu/winograd-filter.assembly.ts';
import { runWinogradProduct, runWinogradSums } from '../ops/conv/cpu/winograd-product.assembly.ts';
import { runCurriculumPowers, runCurriculumScale } from '../ops/curriculum/curriculum-weight.assembly.ts';
import { runAccumulate, runCopy, runScale, runStoreColumn } from '../ops/elementwise/in-place.assembly.ts';
import { runImageColumns, runImageColumnsBack } from '../ops/fft/cpu/image-columns.assembly.ts';
import { runPartSum } from '../ops/fft/cpu/part-sums.assembly.ts';
import { runPairsToSpectrum, runSpectrumToPairs } from '../ops/fft/cpu/spectrum-rows.assembly.ts';
import { runFocalBack, runFocalForward } from '../ops/focal-frequency/focal-rows.assembly.ts';
import { runMeanMagnitudeRows } from '../ops/mean-magnitude/mean-magnitude-rows.assembly.ts';
import { runGradientCheck, runRadamStep } from '../ops/radam/radam-step.assembly.ts';
import {
  runSquaredErrorGradient,
  runSquaredErrorMean,
  runSquaredErrorSums,
} from '../ops/squared-error/squared-error.assembly.ts';
import { runSsimGradient } from '../ops/ssim/ssim-gradient.assembly.ts';
import { runSsimWindows } from '../ops/ssim/ssim-windows.assembly.ts';
import { runFoldWeight, runWfdlRows } from '../ops/wfdl/wfdl-rows.assembly.ts';
import { runFill } from './fill.assembly.ts';
import * as numbers from './kernel-numbers.ts';
import { runBinary, runSelect, runUnary } from './stock/element-by-element.assembly.ts';
import { runJoinReduction, runReduction } from './stock/reduction.assembly.ts';
import { runStridedCopy } from './stock/strided-copy.assembly.ts';

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
      runWinogradFilter(address, chunk, scratch);
      break;
    case numbers.winogradProduct:
      runWinogradProduct(address, chunk, scratch);
      break;
    case numbers.winogradSums:
      runWinogradSums(address, chunk, scratch);
      break;
    case numbers.winogradFilterGradient:
      runWinogradFilterGradient(address, chunk, scratch);
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
    case numbers.channelMoments:
      runChannelMoments(address, chunk, scratch);
      break;
    case numbers.joinMoments:
      runJoinMoments(address, chunk, scratch);
      break;
    case numbers.normalize:
      runNormalize(address, chunk, scratch);
      break;
    case numbers.batchNormGradientSums:
      runBatchNormGradientSums(address, chunk, scratch);
      break;
    case numbers.joinGradientSums:
      runJoinGradientSums(address, chunk);
      break;
    case numbers.batchNormInputGradient:
      runBatchNormInputGradient(address, chunk, scratch);
      break;
    case numbers.mergeMoments:
      runMergeMoments(address, chunk);
      break;
    case numbers.addRelu:
      runAddRelu(address, chunk);
      break;
    case numbers.addReluGradient:
      runAddReluGradient(address, chunk);
      break;
    case numbers.biasSigmoid:
      runBiasSigmoid(address, chunk, scratch);
      break;
    case numbers.biasSigmoidGradient:
      runBiasSigmoidGradient(address, chunk, scratch);
      break;
    case numbers.joinChannelSums:
      runJoinChannelSums(address, chunk);
      break;
    case numbers.addReluUpsampled:
      runAddReluUpsampled(address, chunk);
      break;
    case numbers.addReluUpsampledGradient:
      runAddReluUpsampledGradient(address, chunk);
      break;
    case numbers.copy:
      runCopy(address, chunk);
      break;
    case numbers.accumulate:
      runAccumulate(address, chunk);
      break;
    case numbers.scale:
      runScale(address, chunk);
      break;
    case numbers.storeColumn:
      runStoreColumn(address, chunk);
      break;
    case numbers.radamStep:
      runRadamStep(address, chunk);
      break;
    case numbers.gradientCheck:
      runGradientCheck(address, chunk);
      break;
    case numbers.imageColumns:
      runImageColumns(address, chunk, scratch);
      break;
    case numbers.imageColumnsBack:
      runImageColumnsBack(address, chunk, scratch);
      break;
    case numbers.spectrumToPairs:
      runSpectrumToPairs(address, chunk, scratch);
      break;
    case numbers.pairsToSpectrum:
      runPairsToSpectrum(address, chunk, scratch);
      break;
    case numbers.partSum:
      runPartSum(address, chunk);
      break;
    case numbers.foldWeight:
      runFoldWeight(address, chunk);
      break;
    case numbers.wfdlRows:
      runWfdlRows(address, chunk, scratch);
      break;
    case numbers.meanMagnitudeRows:
      runMeanMagnitudeRows(address, chunk, scratch);
      break;
    case numbers.focalForward:
      runFocalForward(address, chunk, scratch);
      break;
    case numbers.focalBack:
      runFocalBack(address, chunk, scratch);
      break;
    case numbers.curriculumPowers:
      runCurriculumPowers(address, chunk);
      break;
    case numbers.curriculumScale:
      runCurriculumScale(address, chunk);
      break;
    case numbers.ssimWindows:
      runSsimWindows(address, chunk, scratch);
      break;
    case numbers.ssimGradient:
      runSsimGradient(address, chunk, scratch);
      break;
    case numbers.unary:
      runUnary(address, chunk);
      break;
    case numbers.binary:
      runBinary(address, chunk);
      break;
    case numbers.select:
      runSelect(address, chunk);
      break;
    case numbers.stridedCopy:
      runStridedCopy(address, chunk);
      break;
    case numbers.reduction:
      runReduction(address, chunk);
      break;
    case numbers.joinReduction:
      runJoinReduction(address, chunk);
      break;
    case numbers.squaredErrorSums:
      runSquaredErrorSums(address, chunk);
      break;
    case numbers.squaredErrorMean:
      runSquaredErrorMean(address);
      break;
    case numbers.squaredErrorGradient:
      runSquaredErrorGradient(address, chunk);
      break;
    default:
      unreachable();
  }
}

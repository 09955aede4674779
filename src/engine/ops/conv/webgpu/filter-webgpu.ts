/** Runs the filter gradient on WebGPU: partial sums over chunks of pixels, then their sum. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runElementwise } from '../../elementwise/elementwise-program.ts';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';
import { planFilterGradient, reductionFanIn } from './filter-plan.ts';
import { filterKey, generateFilterGradient } from './filter-wgsl.ts';
import { runConvolutionProgram } from './program.ts';

/** A thread adds up to this many parts by itself: another pass would be slower. */
const fewParts = 4 * reductionFanIn;

/** Adds a few arrays in one dispatch, in the order of `sumParts`. */
const sumFewParts = (
  backend: WebGPUBackend,
  partial: TensorInfo,
  parts: number,
  size: number,
): TensorInfo => {
  const components = size % 4 === 0 ? 4 : 1;
  return runElementwise(
    backend,
    {
      name: 'convolution-sum-few-parts',
      inputs: { partial },
      components,
      uniforms: [
        { name: 'span', type: 'int32', value: size / components },
        { name: 'parts', type: 'int32', value: parts },
      ],
      body: /* wgsl */ `
      var total = Value(0.0);
      for (var first = 0; first < uniforms.parts; first += ${reductionFanIn}) {
        let end = min(first + ${reductionFanIn}, uniforms.parts);
        var sum = partial[first * uniforms.span + index];
        for (var part = first + 1; part < end; part++) {
          sum += partial[part * uniforms.span + index];
        }
        if (first == 0) { total = sum; } else { total += sum; }
      }
      result[index] = total;`,
    },
    [size],
  );
};

/** Adds `parts` contiguous arrays of `size` floats, in the order of a fixed tree. */
const sumParts = (backend: WebGPUBackend, partial: TensorInfo, parts: number, size: number): TensorInfo => {
  if (parts === 1) return partial;
  if (parts <= fewParts) {
    const sum = sumFewParts(backend, partial, parts, size);
    backend.disposeData(partial.dataId);
    return sum;
  }
  const groups = Math.ceil(parts / reductionFanIn);
  const components = size % 4 === 0 ? 4 : 1;
  const sums = runElementwise(
    backend,
    {
      name: 'convolution-sum-parts',
      inputs: { partial },
      components,
      uniforms: [
        { name: 'span', type: 'int32', value: size / components },
        { name: 'parts', type: 'int32', value: parts },
      ],
      body: /* wgsl */ `
      let group = index / uniforms.span;
      let value = index - group * uniforms.span;
      let last = min((group + 1) * ${reductionFanIn}, uniforms.parts);
      var sum = partial[group * ${reductionFanIn} * uniforms.span + value];
      for (var part = group * ${reductionFanIn} + 1; part < last; part++) {
        sum += partial[part * uniforms.span + value];
      }
      result[index] = sum;`,
    },
    [groups * size],
  );
  backend.disposeData(partial.dataId);
  return sumParts(backend, sums, groups, size);
};

/**
 * The filter gradient of a convolution.
 * @returns [rows, columns, in, out]; the caller owns it
 */
export const runFilterGradient = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  { x, dy, device }: { x: TensorInfo; dy: TensorInfo; device: ConvolutionDevice },
): TensorInfo => {
  const plan = planFilterGradient(geometry, device);
  const { rows, columns, outputRows, outputColumns, kernelRows, kernelColumns } = geometry;
  const { stride, padRows, padColumns, inputChannels, outputChannels } = geometry;
  const { inputVectors, outputVectors, inputTiles, outputTiles, taps, tapTiles } = plan;
  const { totalRows, rowsPerChunk, chunks } = plan;
  const partial = runConvolutionProgram(
    backend,
    {
      key: filterKey(plan),
      generate: () => generateFilterGradient(plan),
      threads: plan.threads,
      workgroupThreads: plan.workgroupThreads,
      inputs: { x: [x, plan.inputComponents], dy: [dy, plan.outputComponents] },
      integers: {
        rows,
        columns,
        outputRows,
        outputColumns,
        kernelColumns,
        stride,
        padRows,
        padColumns,
        inputVectors,
        outputVectors,
        inputTiles,
        outputTiles,
        taps,
        tapTiles,
        totalRows,
        rowsPerChunk,
        chunks,
      },
      resultComponents: plan.outputComponents,
    },
    chunks * plan.filterSize,
  );
  return {
    ...sumParts(backend, partial, chunks, plan.filterSize),
    shape: [kernelRows, kernelColumns, inputChannels, outputChannels],
  };
};

/** Convolution with PyTorch's padding as a tfjs op with its gradients, on kernels of our own. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  engine,
  type NamedAttrMap,
  registerGradient,
  registerKernel,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type DeviceClass, deviceClassOf } from '#gpu/device-class.ts';
import { runElementwise } from '#gpu/elementwise/elementwise-program.ts';
import { releaseOutputGradient, releaseSaved } from '#gpu/tape/release.ts';
import { planFilterGradient, reductionFanIn } from './filter-plan.ts';
import { filterKey, generateFilterGradient } from './filter-wgsl.ts';
import { type GatherDirection, planGather } from './gather-plan.ts';
import { filterComponents, gatherKey, generateGather } from './gather-wgsl.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { runConvolutionProgram } from './program.ts';

/** Names of the three kernels in tfjs's registry. All take the attributes `ConvolutionAttributes`. */
export const convolutionKernels = {
  /** x, filter -> y */
  forward: 'ResiduaConvolution',
  /** dy, filter -> dx */
  inputGradient: 'ResiduaConvolutionInputGradient',
  /** x, dy -> d filter */
  filterGradient: 'ResiduaConvolutionFilterGradient',
} as const;

export interface ConvolutionOptions {
  /** Step between output pixels, both ways; 1 by default. */
  readonly stride?: number;
}

type Shape = [number, number, number, number];

/** What the three kernels must know beside their tensors. */
export interface ConvolutionAttributes extends NamedAttrMap {
  stride: number;
  /** [N, H, W, in]: the gradients cannot tell it from dy where the stride is not 1. */
  inputShape: Shape;
  filterShape: Shape;
  /** Plans for this class of device instead of the one there is: every plan is correct on every device. */
  device?: DeviceClass;
}

const geometryOf = ({ inputShape, filterShape, stride }: ConvolutionAttributes): ConvolutionGeometry =>
  convolutionGeometry(inputShape, filterShape, stride);

const runGather = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  { source, filter, device }: { source: TensorInfo; filter: TensorInfo; device: DeviceClass },
): TensorInfo => {
  const plan = planGather(geometry, direction, device);
  const { kernelRows, kernelColumns, stride, padRows, padColumns, batch } = geometry;
  const { sourceRows, sourceColumns, resultRows, resultColumns, sourceVectors, resultVectors } = plan;
  const { classes, gridRows, gridColumns, gridPixels, pixelTiles, channelTiles } = plan;
  const shape = [batch, resultRows, resultColumns, resultVectors * plan.resultComponents];
  const flat = runConvolutionProgram(
    backend,
    {
      key: gatherKey(plan),
      generate: () => generateGather(plan),
      threads: plan.threads,
      workgroupThreads: plan.workgroupThreads,
      inputs: {
        source: [source, plan.sourceComponents],
        filterValues: [filter, filterComponents(plan)],
      },
      integers: {
        kernelRows,
        kernelColumns,
        stride,
        padRows,
        padColumns,
        sourceRows,
        sourceColumns,
        sourceVectors,
        resultRows,
        resultColumns,
        resultVectors,
        classes,
        gridRows,
        gridColumns,
        gridPixels,
        pixelTiles,
        channelTiles,
      },
      resultComponents: plan.resultComponents,
    },
    shape.reduce((product, size) => product * size),
  );
  return { ...flat, shape };
};

/** Adds `parts` arrays of `size` floats that lie one after the other, in the order of a tree that is always the same. */
const sumParts = (backend: WebGPUBackend, partial: TensorInfo, parts: number, size: number): TensorInfo => {
  if (parts === 1) return partial;
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

const runFilterGradient = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  { x, dy, device }: { x: TensorInfo; dy: TensorInfo; device: DeviceClass },
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

interface KernelInputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
  readonly dy: TensorInfo;
  readonly device: DeviceClass;
}

const register = (
  kernelName: string,
  run: (backend: WebGPUBackend, geometry: ConvolutionGeometry, inputs: KernelInputs) => TensorInfo,
): void => {
  registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const webgpu = backend as WebGPUBackend;
      const attributes = attrs as ConvolutionAttributes;
      const device = attributes.device ?? deviceClassOf(webgpu);
      return run(webgpu, geometryOf(attributes), { ...(inputs as unknown as KernelInputs), device });
    },
  });
};

register(convolutionKernels.forward, (backend, geometry, { x, filter, device }) =>
  runGather(backend, geometry, 'forward', { source: x, filter, device }),
);
register(convolutionKernels.inputGradient, (backend, geometry, { dy, filter, device }) =>
  runGather(backend, geometry, 'input-gradient', { source: dy, filter, device }),
);
register(convolutionKernels.filterGradient, runFilterGradient);

registerGradient({
  kernelName: convolutionKernels.forward,
  inputsToSave: ['x', 'filter'],
  gradFunc: (outputGradient, saved, attributes) => {
    const dy = outputGradient as Tensor;
    const [x, filter] = saved as [Tensor, Tensor];
    return {
      x: () => engine().runKernel<Tensor>(convolutionKernels.inputGradient, { dy, filter }, attributes),
      // The tape asks for the inputs in their order: what the op kept is used up with the last of them.
      filter: () => {
        const gradient = engine().runKernel<Tensor>(convolutionKernels.filterGradient, { x, dy }, attributes);
        releaseSaved(saved);
        releaseOutputGradient(dy);
        return gradient;
      },
    };
  },
});

/**
 * Convolution without bias: y[n, i, j, k] = sum over a, b, c of x[n, i s + a - p, j s + b - p, c] filter[a, b, c, k], with
 * p = (size - 1) / 2 zeros on every side at every stride s, as `torch.nn.Conv2d(padding=1)` for 3x3 and `padding=0` for
 * 1x1. Differentiable in both.
 * @param x float32 [N, H, W, in]
 * @param filter float32 [rows, columns, in, out], odd sizes
 * @returns float32 [N, ceil(H / stride), ceil(W / stride), out]; the caller disposes it
 * @throws RangeError where the shapes do not fit each other, a filter size is even, the stride is not a positive whole
 *   number, or a tensor is not float32
 */
export const convolution = (
  x: Tensor4D,
  filter: Tensor4D,
  { stride = 1 }: ConvolutionOptions = {},
): Tensor4D => {
  convolutionGeometry(x.shape, filter.shape, stride);
  for (const { dtype } of [x, filter]) {
    if (dtype !== 'float32') throw new RangeError(`A convolution got a ${dtype} tensor, expected float32.`);
  }
  const attributes: ConvolutionAttributes = { stride, inputShape: x.shape, filterShape: filter.shape };
  return engine().runKernel(convolutionKernels.forward, { x, filter }, attributes);
};

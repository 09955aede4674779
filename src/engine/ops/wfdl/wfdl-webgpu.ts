/**
 * The weighted frequency domain loss on WebGPU: rows of y - x, then columns, weight and inverse columns in one kernel,
 * which also yields the loss; inverse rows in the backward pass. Four dispatches in all, and one buffer of the images'
 * size, which is kept for the gradient.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { type ColumnPlan, type ImageShape, packedPoints, planColumns } from '../fft/plan.ts';
import { twiddlesOf } from '../fft/twiddles.ts';
import { columnIntegers } from '../fft/webgpu/column-wgsl.ts';
import { runLineProgram, workgroupLimits } from '../fft/webgpu/line-program.ts';
import { runPartSum } from '../fft/webgpu/part-sum.ts';
import { runForwardRows, runInverseRows } from '../fft/webgpu/row-kernels.ts';
import {
  type GradientInputs,
  gradientName,
  type LossInputs,
  lossName,
  meanScale,
  type WfdlAttributes,
} from './wfdl-attributes.ts';
import { generateWfdlColumns, partCount, sumBytesPerInvocation } from './wfdl-wgsl.ts';

/** @param kept packed rows, which become the weighted unit spectrum as packed rows, with the parts of the loss behind it */
const runColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  plan: ColumnPlan,
  { weight, secondWeight }: LossInputs,
  kept: TensorInfo,
): void => {
  const { length } = plan.line;
  runLineProgram(
    backend,
    {
      key: `wfdl-columns-${plan.exchange}-${length}-${plan.lines}-${secondWeight ? 'two' : 'one'}`,
      code: generateWfdlColumns(plan, secondWeight !== undefined),
      groups: plan.groups,
      invocations: plan.invocations,
      inputs: {
        ...(plan.line.radices.length > 1 ? { twiddles: [twiddlesOf(backend, length), 2] as const } : {}),
        weight: [weight, 1],
        ...(secondWeight ? { secondWeight: [secondWeight, 1] as const } : {}),
      },
      integers: { ...columnIntegers(shape, plan), parts: partCount(plan), packedPoints: packedPoints(shape) },
      outputComponents: 2,
    },
    kept,
  );
};

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const given = inputs as unknown as LossInputs;
  const { shape, ...attributes } = attrs as unknown as WfdlAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = attributes.limits ?? workgroupLimits(webgpu);
  const plan = planColumns(shape, limits, sumBytesPerInvocation);
  const kept = webgpu.makeTensorInfo([2 * (packedPoints(shape) + partCount(plan))], 'float32');
  runForwardRows(webgpu, shape, limits, [given.x, given.y], kept);
  runColumns(webgpu, shape, plan, given, kept);
  const sumOf = (component: 'x' | 'y'): TensorInfo =>
    runPartSum(webgpu, kept, packedPoints(shape), partCount(plan), meanScale(shape), component);
  return given.secondWeight ? [sumOf('x'), kept, sumOf('y')] : [sumOf('x'), kept];
};

const gradientKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { kept, dy } = inputs as unknown as GradientInputs;
  const { shape, imageShape, ...given } = attrs as unknown as WfdlAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = given.limits ?? workgroupLimits(webgpu);
  const { dataId } = runInverseRows(webgpu, shape, limits, kept, meanScale(shape), { scalar: dy });
  return { dataId, dtype: 'float32', shape: [...imageShape] };
};

/** Kernels of the weighted frequency domain loss on WebGPU. */
export const wfdlWebgpuKernels: OpKernels = {
  [lossName]: lossKernel,
  [gradientName]: gradientKernel,
};

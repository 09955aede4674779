/**
 * The focal frequency loss on WebGPU: rows of y - x; columns, weight and inverse columns in one kernel, which also writes each
 * line's sum and maximum; the planes' normalizers; the loss; inverse rows in the backward pass. The weight's normalizer is one
 * number per plane, so it can follow the inverse columns, and the spectrum is never stored.
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
  type FocalAttributes,
  type FocalGradientInputs,
  type FocalInputs,
  focalGradientName,
  focalName,
  squareScale,
} from './focal-attributes.ts';
import {
  focusBytesPerInvocation,
  generateFocalColumns,
  generateFocalPlanes,
  planeInvocations,
  powerKey,
} from './focal-wgsl.ts';

const linesPerImage = ({ columns, inner }: ImageShape): number => (columns / 2 + 1) * inner;

/** The first point of the planes' losses and normalizers, behind the packed rows and the lines' parts. */
const planeStartOf = (shape: ImageShape): number => packedPoints(shape) + shape.outer * linesPerImage(shape);

/** @param kept packed rows, which become the weighted spectrum as packed rows, with the lines' parts behind it */
const runColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  plan: ColumnPlan,
  alpha: number,
  kept: TensorInfo,
): void => {
  const { length, radices } = plan.line;
  runLineProgram(
    backend,
    {
      key: `focal-columns-${powerKey(alpha)}-${plan.exchange}-${length}-${plan.lines}`,
      code: generateFocalColumns(plan, alpha),
      groups: plan.groups,
      invocations: plan.invocations,
      inputs: radices.length > 1 ? { twiddles: [twiddlesOf(backend, length), 2] } : {},
      integers: { ...columnIntegers(shape, plan), packedPoints: packedPoints(shape) },
      floats: { alpha },
      outputComponents: 2,
    },
    kept,
  );
};

const runPlanes = (backend: WebGPUBackend, shape: ImageShape, alpha: number, kept: TensorInfo): void => {
  const planes = shape.outer * shape.inner;
  runLineProgram(
    backend,
    {
      key: `focal-planes-${powerKey(alpha)}`,
      code: generateFocalPlanes(alpha),
      groups: Math.ceil(planes / planeInvocations),
      invocations: planeInvocations,
      inputs: {},
      integers: {
        planes,
        inner: shape.inner,
        linesPerImage: linesPerImage(shape),
        packedPoints: packedPoints(shape),
        planeStart: planeStartOf(shape),
      },
      floats: { alpha },
      outputComponents: 2,
    },
    kept,
  );
};

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, y } = inputs as unknown as FocalInputs;
  const { shape, alpha, ...given } = attrs as unknown as FocalAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = given.limits ?? workgroupLimits(webgpu);
  const planes = shape.outer * shape.inner;
  const kept = webgpu.makeTensorInfo([2 * (planeStartOf(shape) + planes)], 'float32');
  runForwardRows(webgpu, shape, limits, [x, y], kept);
  runColumns(webgpu, shape, planColumns(shape, limits, focusBytesPerInvocation), alpha, kept);
  runPlanes(webgpu, shape, alpha, kept);
  return [runPartSum(webgpu, kept, planeStartOf(shape), planes, squareScale(shape)), kept];
};

const gradientKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { kept, dy } = inputs as unknown as FocalGradientInputs;
  const { shape, imageShape, ...given } = attrs as unknown as FocalAttributes;
  const webgpu = backend as WebGPUBackend;
  const { dataId } = runInverseRows(
    webgpu,
    shape,
    given.limits ?? workgroupLimits(webgpu),
    kept,
    2 * squareScale(shape),
    { scalar: dy, planeStart: planeStartOf(shape) },
  );
  return { dataId, dtype: 'float32', shape: [...imageShape] };
};

/** Kernels of the focal frequency loss on WebGPU. */
export const focalWebgpuKernels: OpKernels = {
  [focalName]: lossKernel,
  [focalGradientName]: gradientKernel,
};

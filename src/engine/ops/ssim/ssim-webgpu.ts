/** SSIM on WebGPU: three dispatches forward (rows, columns, sum) and two backward (rows, columns). */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DeviceClass } from '#core/device.ts';
import { gaussianWindow } from '#core/ssim-window.ts';
import type { OpKernels } from '../../op-kernels.ts';
import { deviceClassOf } from '../../webgpu/device-class.ts';
import { dispatch, floatUniforms, integerUniforms } from '../../webgpu/dispatch.ts';
import {
  type SsimAttributes,
  type SsimGradientInputs,
  type SsimInputs,
  ssimGradientKernel,
  ssimKernel,
  ssimShapeOf,
} from './ssim-kernels.ts';
import { type FilterPass, planSsim } from './ssim-plan.ts';
import {
  generateSsimAdjointColumns,
  generateSsimAdjointRows,
  generateSsimColumns,
  generateSsimRows,
  generateSsimSum,
  passIntegers,
  type SsimVariant,
} from './ssim-wgsl.ts';

const sumInvocations: Readonly<Record<DeviceClass, number>> = { gpu: 256, cpu: 64 };

interface Program {
  /** Names the WGSL: two sources that differ have different keys. */
  readonly key: string;
  readonly code: () => string;
  readonly groups: number;
  readonly invocations: number;
  /** Inputs by name: the tensor and the components of its array's elements. */
  readonly inputs: Readonly<Record<string, readonly [TensorInfo, 1 | 4]>>;
  readonly integers: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly outputComponents: 1 | 4;
}

const run = (
  backend: WebGPUBackend,
  { key, code, groups, invocations, inputs, integers, floats = {}, outputComponents }: Program,
  outputShape: number[],
): TensorInfo =>
  dispatch(
    backend,
    {
      key: `ssim-${key}`,
      code,
      workgroups: groups,
      workgroupThreads: invocations,
      inputs,
      uniforms: [...integerUniforms(integers), ...floatUniforms(floats)],
      resultComponents: outputComponents,
    },
    outputShape,
  );

/** The parts of a filter's program that follow from its pass. */
const filterProgram = (
  name: string,
  generate: (variant: SsimVariant) => string,
  pass: FilterPass,
  { window, sigma }: SsimAttributes,
  invocations: number,
): Pick<Program, 'key' | 'code' | 'groups' | 'invocations' | 'integers'> => {
  const { perThread, groups } = pass;
  return {
    key: `${name}-${window}-${sigma}-${perThread}-${invocations}`,
    code: () => generate({ taps: gaussianWindow(window, sigma), perThread, invocations }),
    groups,
    invocations,
    integers: passIntegers(pass),
  };
};

/**
 * The loss and the maps for its gradient.
 * @param device selects the plan; tests choose the other one
 * @returns a scalar, and three planes of one value per window, followed by the workgroups' sums; the caller owns both
 */
export const runSsim = (
  backend: WebGPUBackend,
  { x, y }: SsimInputs,
  attributes: SsimAttributes,
  device = deviceClassOf(backend),
): [loss: TensorInfo, maps: TensorInfo] => {
  const plan = planSsim(ssimShapeOf(x.shape), attributes.window, device);
  const { rows, columns, invocations, windows } = plan;
  const { c1, c2 } = attributes;
  const moments = run(
    backend,
    {
      ...filterProgram('rows', generateSsimRows, rows, attributes, invocations),
      inputs: { x: [x, 1], y: [y, 1] },
      outputComponents: 4,
    },
    [4 * rows.outer * rows.outputLength * rows.inner],
  );
  const filter = filterProgram('columns', generateSsimColumns, columns, attributes, invocations);
  const maps = run(
    backend,
    {
      ...filter,
      inputs: { moments: [moments, 4] },
      integers: { ...filter.integers, windows, groups: columns.groups },
      floats: { c1, c2 },
      outputComponents: 1,
    },
    [3 * windows + columns.groups],
  );
  backend.disposeData(moments.dataId);
  const sumThreads = sumInvocations[device];
  const loss = run(
    backend,
    {
      key: `sum-${sumThreads}`,
      code: () => generateSsimSum(sumThreads),
      groups: 1,
      invocations: sumThreads,
      inputs: { maps: [maps, 1] },
      integers: { windows, groups: columns.groups },
      floats: { scale: 1 / windows },
      outputComponents: 1,
    },
    [],
  );
  return [loss, maps];
};

/**
 * The gradient in y.
 * @param inputs with the `maps` of `runSsim`
 * @param device as for `runSsim`
 * @returns float32 of y's shape; the caller disposes it
 */
export const runSsimGradient = (
  backend: WebGPUBackend,
  { x, y, maps, dy }: SsimGradientInputs,
  attributes: SsimAttributes,
  device = deviceClassOf(backend),
): TensorInfo => {
  const plan = planSsim(ssimShapeOf(x.shape), attributes.window, device);
  const { adjointRows, adjointColumns, invocations, windows } = plan;
  const outputs = adjointRows.outer * adjointRows.outputLength * adjointRows.inner;
  const rows = filterProgram('adjoint-rows', generateSsimAdjointRows, adjointRows, attributes, invocations);
  const spread = run(
    backend,
    {
      ...rows,
      inputs: { maps: [maps, 1] },
      integers: { ...rows.integers, inputs: windows, outputs },
      outputComponents: 1,
    },
    [3 * outputs],
  );
  const columns = filterProgram(
    'adjoint-columns',
    generateSsimAdjointColumns,
    adjointColumns,
    attributes,
    invocations,
  );
  const gradient = run(
    backend,
    {
      ...columns,
      inputs: { spread: [spread, 1], x: [x, 1], y: [y, 1], dy: [dy, 1] },
      integers: { ...columns.integers, inputs: outputs },
      floats: { scale: 1 / windows },
      outputComponents: 1,
    },
    y.shape,
  );
  backend.disposeData(spread.dataId);
  return gradient;
};

/** Kernels of the SSIM loss on WebGPU. */
export const ssimWebgpuKernels: OpKernels = {
  [ssimKernel]: ({ inputs, attrs, backend }) =>
    runSsim(backend as WebGPUBackend, inputs as SsimInputs, attrs as SsimAttributes),

  [ssimGradientKernel]: ({ inputs, attrs, backend }) =>
    runSsimGradient(backend as WebGPUBackend, inputs as SsimGradientInputs, attrs as SsimAttributes),
};

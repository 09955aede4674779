/** Column transforms between packed rows and the half spectrum [outer, M, N/2 + 1, inner], complex as pairs. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  type ColumnPlan,
  type ImageShape,
  packedPoints,
  planColumns,
  type WorkgroupLimits,
} from '../plan.ts';
import type { ColumnScales } from '../transform-attributes.ts';
import { twiddlesOf } from '../twiddles.ts';
import {
  binLoads,
  binStores,
  columnExchange,
  columnFrame,
  columnIntegers,
  packedStores,
  unpackedLoads,
} from './column-wgsl.ts';
import { runLineProgram } from './line-program.ts';
import { emitTransform } from './transform-wgsl.ts';
import { WgslBlock } from './wgsl-block.ts';

const emitScale = (block: WgslBlock): void =>
  block.add('let scale = select(uniforms.interiorScale, uniforms.edgeScale, isEdge);');

/** WGSL: packed rows `packed` (vec2f) to the half spectrum (vec2f). */
export const generateForwardColumns = (plan: ColumnPlan): string => {
  const block = new WgslBlock();
  emitScale(block);
  emitTransform(block, plan, 'forward', columnExchange(plan), unpackedLoads(plan, 'packed'), binStores(plan));
  return columnFrame(plan, '', block);
};

/** WGSL: the half spectrum `spectrum` (vec2f) to packed rows (vec2f). */
export const generateInverseColumns = (plan: ColumnPlan): string => {
  const block = new WgslBlock();
  emitScale(block);
  emitTransform(block, plan, 'inverse', columnExchange(plan), binLoads(plan), packedStores(plan));
  return columnFrame(plan, '', block);
};

const runColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  scales: ColumnScales,
  direction: 'forward' | 'inverse',
  input: TensorInfo,
): TensorInfo => {
  const plan = planColumns(shape, limits, 0);
  const { length } = plan.line;
  const forward = direction === 'forward';
  const resultPoints = forward ? plan.lineCount * length : packedPoints(shape);
  return runLineProgram(
    backend,
    {
      key: `fft-columns-${direction}-${plan.exchange}-${length}-${plan.lines}`,
      code: forward ? generateForwardColumns(plan) : generateInverseColumns(plan),
      groups: plan.groups,
      invocations: plan.invocations,
      inputs: {
        ...(plan.line.radices.length > 1 ? { twiddles: [twiddlesOf(backend, length), 2] as const } : {}),
        [forward ? 'packed' : 'spectrum']: [input, 2],
      },
      integers: columnIntegers(shape, plan),
      floats: { edgeScale: scales.edge, interiorScale: scales.interior },
      outputComponents: 2,
    },
    2 * resultPoints,
  );
};

/** Packed rows to the half spectrum, scaled. @returns float32 pairs, which the caller disposes */
export const runForwardColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  scales: ColumnScales,
  packed: TensorInfo,
): TensorInfo => runColumns(backend, shape, limits, scales, 'forward', packed);

/** The scaled half spectrum to packed rows. @returns float32 pairs, which the caller disposes */
export const runInverseColumns = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  scales: ColumnScales,
  spectrum: TensorInfo,
): TensorInfo => runColumns(backend, shape, limits, scales, 'inverse', spectrum);

/** Column transforms between packed rows and the half spectrum [outer, M, N/2 + 1, inner], complex as pairs. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import {
  columnExchange,
  columnFrame,
  columnIntegers,
  emitPackedStores,
  emitUnpackedLoads,
} from './column-wgsl.ts';
import { runLineProgram } from './line-program.ts';
import { emitLine, type LineExchange } from './line-wgsl.ts';
import {
  type ColumnPlan,
  exchangePoints,
  type ImageShape,
  packedPoints,
  planColumns,
  type WorkgroupLimits,
} from './plan.ts';
import type { ColumnScales } from './transform-attributes.ts';
import { twiddlesOf } from './twiddles.ts';
import { WgslBlock } from './wgsl-block.ts';

const emitScale = (block: WgslBlock): void =>
  block.add('let scale = select(uniforms.interiorScale, uniforms.edgeScale, isEdge);');

/** Through the line's own place in the half spectrum. */
const spectrumExchange = (plan: ColumnPlan): LineExchange => {
  if (plan.exchange !== 'storage') return columnExchange(plan);
  const at = (index: string) => `result[binStart + (${index} - t) * halfStride]`;
  return { store: (index, value) => `${at(index)} = ${value};`, load: at, memory: 'storage' };
};

/** WGSL: packed rows `packed` (vec2f) to the half spectrum (vec2f). */
export const generateForwardColumns = (plan: ColumnPlan): string => {
  const block = new WgslBlock();
  const loaded = emitUnpackedLoads(block, plan, 'packed');
  const transformed = emitLine(block, plan.line, loaded, 'forward', spectrumExchange(plan), true);
  block.add('if (isInside) {');
  emitScale(block);
  transformed.forEach((name, q) => {
    block.add(`result[binStart + ${q} * binStep] = ${name} * scale;`);
  });
  block.add('}');
  return columnFrame(plan, '', block);
};

/** WGSL: the half spectrum `spectrum` (vec2f) to packed rows (vec2f). */
export const generateInverseColumns = (plan: ColumnPlan): string => {
  const block = new WgslBlock();
  emitScale(block);
  const names = Array.from({ length: plan.line.pointsPerThread }, (_, q) => `point${q}`);
  for (const name of names) block.add(`var ${name} = vec2f(0.0);`);
  block.add('if (isInside) {');
  names.forEach((name, q) => {
    block.add(`${name} = spectrum[binStart + ${q} * binStep] * scale;`);
  });
  block.add('}');
  const transformed = emitLine(block, plan.line, names, 'inverse', columnExchange(plan), true);
  emitPackedStores(block, plan, transformed);
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
        ...(plan.exchange !== 'none' ? { twiddles: [twiddlesOf(backend, length), 2] as const } : {}),
        [forward ? 'packed' : 'spectrum']: [input, 2],
      },
      integers: columnIntegers(shape, plan, resultPoints),
      floats: { edgeScale: scales.edge, interiorScale: scales.interior },
      outputComponents: 2,
    },
    2 * (forward ? resultPoints : resultPoints + exchangePoints(plan)),
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

/**
 * Row transforms: real images to packed rows and back. Packed point (h, v) of [outer, M/2, N, inner] is the transform of
 * row h plus i times that of row h + M/2.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type LineProgram, runLineProgram } from './line-program.ts';
import { emitLine, type LineExchange, lineFunctions } from './line-wgsl.ts';
import { type ImageShape, packedPoints, planRows, type RowPlan, type WorkgroupLimits } from './plan.ts';
import { twiddlesOf } from './twiddles.ts';
import { WgslBlock } from './wgsl-block.ts';

/** What the rows are made of: an image x, or the difference y - x of two. */
export type RowSource = 'image' | 'difference';

const frame = (plan: RowPlan, body: WgslBlock): string => {
  const { line, channels, rowPairs, invocations } = plan;
  const lines = channels * rowPairs;
  return /* wgsl */ `
    ${lineFunctions}
    ${plan.exchange === 'workgroup' ? `var<workgroup> exchange : array<vec2f, ${lines * line.length}>;` : ''}
    fn main(index : i32) {
      let group = index / ${invocations};
      let lane = index % ${invocations};
      let t = lane / ${channels} % ${line.threads};
      let lineInGroup = lane / ${channels * line.threads};
      let channel = group % uniforms.channelBlocks * ${channels} + lane % ${channels};
      let rowPair = group / uniforms.channelBlocks * ${rowPairs} + lineInGroup;
      let isInside = channel < uniforms.inner && rowPair < uniforms.rowPairs;
      let rowStride = uniforms.columns * uniforms.inner;
      let upper = (rowPair / uniforms.halfRows * 2 * uniforms.halfRows + rowPair % uniforms.halfRows) * rowStride
        + t * uniforms.inner + channel;
      let lower = upper + uniforms.halfRows * rowStride;
      let packedStart = rowPair * rowStride + t * uniforms.inner + channel;
      let step = ${line.threads} * uniforms.inner;
      let line = lineInGroup * ${line.length * channels} + lane % ${channels};
      ${body}
    }`;
};

const workgroupExchange = ({ channels, exchange }: RowPlan): LineExchange => ({
  store: (index, value) => `exchange[line + ${index} * ${channels}] = ${value};`,
  load: (index) => `exchange[line + ${index} * ${channels}]`,
  memory: exchange,
});

/** Through the line's own place in the packed result. */
const packedExchange = (plan: RowPlan): LineExchange => {
  if (plan.exchange !== 'storage') return workgroupExchange(plan);
  const at = (index: string) => `result[packedStart + (${index} - t) * uniforms.inner]`;
  return { store: (index, value) => `${at(index)} = ${value};`, load: at, memory: 'storage' };
};

/** Through the line's own two rows of the real result. */
const imageExchange = (plan: RowPlan): LineExchange => {
  if (plan.exchange !== 'storage') return workgroupExchange(plan);
  const at = (row: string, index: string) => `result[${row} + (${index} - t) * uniforms.inner]`;
  return {
    store: (index, value) => `${at('upper', index)} = ${value}.x; ${at('lower', index)} = ${value}.y;`,
    load: (index) => `vec2f(${at('upper', index)}, ${at('lower', index)})`,
    memory: 'storage',
  };
};

const guardedLoads = (block: WgslBlock, count: number, load: (q: number) => string): string[] => {
  const names = Array.from({ length: count }, (_, q) => `point${q}`);
  for (const name of names) block.add(`var ${name} = vec2f(0.0);`);
  block.add('if (isInside) {');
  names.forEach((name, q) => {
    block.add(`${name} = ${load(q)};`);
  });
  block.add('}');
  return names;
};

/** WGSL of the forward kernel. Inputs `x` and, for a difference, `y` (f32); result: packed rows (vec2f). */
export const generateForwardRows = (plan: RowPlan, source: RowSource): string => {
  const block = new WgslBlock();
  const points = plan.line.pointsPerThread;
  const value = (at: string) => (source === 'image' ? `x[${at}]` : `y[${at}] - x[${at}]`);
  const loaded = guardedLoads(
    block,
    points,
    (q) => `vec2f(${value(`upper + ${q} * step`)}, ${value(`lower + ${q} * step`)})`,
  );
  const transformed = emitLine(block, plan.line, loaded, 'forward', packedExchange(plan), true);
  block.add('if (isInside) {');
  transformed.forEach((name, q) => {
    block.add(`result[packedStart + ${q} * step] = ${name};`);
  });
  block.add('}');
  return frame(plan, block);
};

/**
 * WGSL of the inverse kernel. Inputs `packed` (vec2f) and, where `hasFactor`, `factor` (f32, one value); result: real
 * images (f32) times `uniforms.scale` and the factor.
 */
export const generateInverseRows = (plan: RowPlan, hasFactor: boolean): string => {
  const block = new WgslBlock();
  const points = plan.line.pointsPerThread;
  const loaded = guardedLoads(block, points, (q) => `packed[packedStart + ${q} * step]`);
  const transformed = emitLine(block, plan.line, loaded, 'inverse', imageExchange(plan), true);
  block.add('if (isInside) {');
  block.add(`let scale = uniforms.scale${hasFactor ? ' * factor[0]' : ''};`);
  transformed.forEach((name, q) => {
    block.add(`result[upper + ${q} * step] = ${name}.x * scale;`);
    block.add(`result[lower + ${q} * step] = ${name}.y * scale;`);
  });
  block.add('}');
  return frame(plan, block);
};

const baseProgram = (
  backend: WebGPUBackend,
  shape: ImageShape,
  plan: RowPlan,
): Pick<LineProgram, 'groups' | 'invocations' | 'inputs' | 'integers'> & { readonly key: string } => ({
  key: `${plan.exchange}-${plan.line.length}-${plan.channels}-${plan.rowPairs}`,
  groups: plan.groups,
  invocations: plan.invocations,
  inputs: plan.exchange !== 'none' ? { twiddles: [twiddlesOf(backend, plan.line.length), 2] } : {},
  integers: {
    inner: shape.inner,
    columns: shape.columns,
    halfRows: shape.rows / 2,
    rowPairs: (shape.outer * shape.rows) / 2,
    channelBlocks: plan.channelBlocks,
  },
});

/**
 * Transforms the rows of an image, or of a difference y - x.
 * @param sources `[x]` or `[x, y]`, float32 of this shape
 * @param target an existing float32 tensor of at least 2 * points values to write to; a new one where left out
 * @returns packed rows, float32 of 2 * points values or `target`; the caller disposes it
 */
export const runForwardRows = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  sources: readonly [TensorInfo] | readonly [TensorInfo, TensorInfo],
  target?: TensorInfo,
): TensorInfo => {
  const plan = planRows(shape, limits);
  const base = baseProgram(backend, shape, plan);
  const [x, y] = sources;
  const source: RowSource = y ? 'difference' : 'image';
  return runLineProgram(
    backend,
    {
      ...base,
      key: `fft-rows-${source}-${base.key}`,
      code: generateForwardRows(plan, source),
      inputs: { ...base.inputs, x: [x, 1], ...(y ? { y: [y, 1] as const } : {}) },
      outputComponents: 2,
    },
    target ?? 2 * packedPoints(shape),
  );
};

/**
 * Transforms packed rows back to real images.
 * @param packed as `runForwardRows` returns them
 * @param scale multiplies every value
 * @param factor a float32 scalar on the GPU that multiplies every value too
 * @returns float32 of outer * rows * columns * inner values; the caller disposes it
 */
export const runInverseRows = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  packed: TensorInfo,
  scale: number,
  factor?: TensorInfo,
): TensorInfo => {
  const plan = planRows(shape, limits);
  const base = baseProgram(backend, shape, plan);
  return runLineProgram(
    backend,
    {
      ...base,
      key: `fft-rows-inverse-${factor ? 'factor-' : ''}${base.key}`,
      code: generateInverseRows(plan, factor !== undefined),
      inputs: { ...base.inputs, packed: [packed, 2], ...(factor ? { factor: [factor, 1] as const } : {}) },
      floats: { scale },
      outputComponents: 1,
    },
    2 * packedPoints(shape),
  );
};

/**
 * Row transforms: real images to packed rows and back. Packed point (h, v) of [outer, M/2, N, inner] is the transform of
 * row h plus i times that of row h + M/2.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type ImageShape, packedPoints, planRows, type RowPlan, type WorkgroupLimits } from '../plan.ts';
import { twiddlesOf } from '../twiddles.ts';
import { type LineProgram, runLineProgram } from './line-program.ts';
import { type LineExchange, lineFunctions, type PointLoads, type PointStores } from './line-wgsl.ts';
import { emitTransform } from './transform-wgsl.ts';
import { WgslBlock } from './wgsl-block.ts';

/** The source of the rows: an image x, or the difference y - x of two. */
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
      // On a CPU device, loading a uniform costs as much as any other load.
      let inner = uniforms.inner;
      let rowStride = uniforms.columns * inner;
      let upper = (rowPair / uniforms.halfRows * 2 * uniforms.halfRows + rowPair % uniforms.halfRows) * rowStride
        + channel;
      let lower = upper + uniforms.halfRows * rowStride;
      let packedStart = rowPair * rowStride + channel;
      let lineStart = lineInGroup * ${line.length * channels} + lane % ${channels};
      ${plan.exchange === 'private' ? 'if (!isInside) { return; }' : ''}
      ${body}
    }`;
};

const rowExchange = ({ channels }: RowPlan): LineExchange => ({
  store: (index, value) => `exchange[lineStart + ${index} * ${channels}] = ${value};`,
  load: (index) => `exchange[lineStart + ${index} * ${channels}]`,
});

/** Loads and stores of points: `at` is the index of a point in its row. A lone thread needs no guard here. */
const guardedLoads =
  ({ exchange }: RowPlan, load: (at: string) => string): PointLoads =>
  (block, first, step, count) => {
    const names = Array.from({ length: count }, () => block.variable('vec2f(0.0)'));
    if (exchange !== 'private') block.add('if (isInside) {');
    names.forEach((name, q) => {
      const at = block.bind(`(${first} + ${q * step}) * inner`);
      block.add(`${name} = ${load(at)};`);
    });
    if (exchange !== 'private') block.add('}');
    return names;
  };

const guardedStores =
  ({ exchange }: RowPlan, store: (at: string, value: string) => string): PointStores =>
  (block, first, step, values) => {
    if (exchange !== 'private') block.add('if (isInside) {');
    values.forEach((value, q) => {
      block.add(store(block.bind(`(${first} + ${q * step}) * inner`), value));
    });
    if (exchange !== 'private') block.add('}');
  };

/** WGSL of the forward kernel. Inputs `x` and, for a difference, `y` (f32); result: packed rows (vec2f). */
export const generateForwardRows = (plan: RowPlan, source: RowSource): string => {
  const block = new WgslBlock();
  const value = (at: string) => (source === 'image' ? `x[${at}]` : `y[${at}] - x[${at}]`);
  emitTransform(
    block,
    plan,
    'forward',
    rowExchange(plan),
    guardedLoads(plan, (at) => `vec2f(${value(`upper + ${at}`)}, ${value(`lower + ${at}`)})`),
    guardedStores(plan, (at, point) => `result[packedStart + ${at}] = ${point};`),
  );
  return frame(plan, block);
};

/** Factors of an inverse transform besides its scale. */
interface InverseFactors {
  /** A float32 scalar on the GPU. */
  readonly scalar?: TensorInfo | undefined;
  /** The point of `packed` whose y is the first plane's own factor; those of the other planes follow. */
  readonly planeStart?: number | undefined;
}

/**
 * WGSL of the inverse kernel. Inputs `packed` (vec2f) and, with `hasFactor`, `factor` (f32, one value); result: real images
 * (f32) times `uniforms.scale`, the factor and, with `hasPlaneFactors`, that of the plane.
 */
export const generateInverseRows = (plan: RowPlan, hasFactor: boolean, hasPlaneFactors: boolean): string => {
  const block = new WgslBlock();
  const plane = 'uniforms.planeStart + rowPair / uniforms.halfRows * inner + channel';
  const factors = `${hasFactor ? ' * factor[0]' : ''}${hasPlaneFactors ? ` * packed[${plane}].y` : ''}`;
  block.add(`let scale = uniforms.scale${factors};`);
  emitTransform(
    block,
    plan,
    'inverse',
    rowExchange(plan),
    guardedLoads(plan, (at) => `packed[packedStart + ${at}]`),
    guardedStores(
      plan,
      (at, point) =>
        `result[upper + ${at}] = ${point}.x * scale; result[lower + ${at}] = ${point}.y * scale;`,
    ),
  );
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
  inputs: plan.line.radices.length > 1 ? { twiddles: [twiddlesOf(backend, plan.line.length), 2] } : {},
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
 * @param target an existing float32 tensor of at least 2 * points values to write to; by default a new one
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
 * @param factors multiply the values too
 * @returns float32 of outer * rows * columns * inner values; the caller disposes it
 */
export const runInverseRows = (
  backend: WebGPUBackend,
  shape: ImageShape,
  limits: WorkgroupLimits,
  packed: TensorInfo,
  scale: number,
  { scalar, planeStart }: InverseFactors = {},
): TensorInfo => {
  const plan = planRows(shape, limits);
  const byPlane = planeStart !== undefined;
  const base = baseProgram(backend, shape, plan);
  return runLineProgram(
    backend,
    {
      ...base,
      key: `fft-rows-inverse-${scalar ? 'factor-' : ''}${byPlane ? 'planes-' : ''}${base.key}`,
      code: generateInverseRows(plan, scalar !== undefined, byPlane),
      inputs: { ...base.inputs, packed: [packed, 2], ...(scalar ? { factor: [scalar, 1] as const } : {}) },
      integers: { ...base.integers, ...(byPlane ? { planeStart } : {}) },
      floats: { scale },
      outputComponents: 1,
    },
    2 * packedPoints(shape),
  );
};

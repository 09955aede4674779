/** Column transforms: the frame shared by the transform's and the loss's column kernels, and the unpacking of rows. */
import { type LineExchange, lineFunctions } from './line-wgsl.ts';
import type { ColumnPlan, ImageShape } from './plan.ts';
import type { WgslBlock } from './wgsl-block.ts';

/**
 * Uniforms that `columnFrame` and `columnExchange` read.
 * @param exchangeStart first of the points of the result that are free to exchange through
 */
export const columnIntegers = (
  shape: ImageShape,
  plan: ColumnPlan,
  exchangeStart: number,
): Record<string, number> => ({
  inner: shape.inner,
  columns: shape.columns,
  lineCount: plan.lineCount,
  exchangeStart,
});

/** The exchange of a column kernel: in workgroup memory, or in `exchangePoints(plan)` points behind the result. */
export const columnExchange = ({ lines, line, exchange }: ColumnPlan): LineExchange => {
  const at = (index: string) =>
    exchange === 'storage'
      ? `result[uniforms.exchangeStart + line * ${line.length} + ${index}]`
      : `exchange[lineInGroup + ${index} * ${lines}]`;
  return { store: (index, value) => `${at(index)} = ${value};`, load: at, memory: exchange };
};

/**
 * The kernel around a body. The body sees `t` (thread in the line), `isInside`, `column` (0..N/2), `isEdge` (column 0
 * or N/2, which are their own mirror images), `image`, `channel`, `halfStride` (points between rows of the half
 * spectrum) and `binStart` (the thread's first point in it).
 * @param declarations module-scope WGSL of the body
 */
export const columnFrame = (plan: ColumnPlan, declarations: string, body: WgslBlock): string => {
  const { line, lines, invocations } = plan;
  return /* wgsl */ `
    ${lineFunctions}
    ${plan.exchange === 'workgroup' ? `var<workgroup> exchange : array<vec2f, ${lines * line.length}>;` : ''}
    ${declarations}
    fn main(index : i32) {
      let group = index / ${invocations};
      let lane = index % ${invocations};
      let t = lane / ${lines};
      let lineInGroup = lane % ${lines};
      let line = group * ${lines} + lineInGroup;
      let isInside = line < uniforms.lineCount;
      let halfStride = (uniforms.columns / 2 + 1) * uniforms.inner;
      let image = line / halfStride;
      let columnAndChannel = line % halfStride;
      let column = columnAndChannel / uniforms.inner;
      let channel = columnAndChannel % uniforms.inner;
      let isEdge = column == 0 || 2 * column == uniforms.columns;
      let mirrorColumn = select(uniforms.columns - column, 0, column == 0);
      let rowStride = uniforms.columns * uniforms.inner;
      let packedStart = (image * ${line.length / 2} + t) * rowStride + channel;
      let near = packedStart + column * uniforms.inner;
      let far = packedStart + mirrorColumn * uniforms.inner;
      let packedStep = ${line.threads} * rowStride;
      let binStart = (image * ${line.length} + t) * halfStride + columnAndChannel;
      let binStep = ${line.threads} * halfStride;
      ${body}
    }`;
};

/**
 * Loads a column from packed rows: point (h, v) and its mirror (h, N - v) hold rows h and h + M/2 of column v, which are
 * points q and q + P/2 of the same thread.
 * @param packed name of the array of vec2f
 * @returns names of the thread's points
 */
export const emitUnpackedLoads = (block: WgslBlock, plan: ColumnPlan, packed: string): string[] => {
  const points = plan.line.pointsPerThread;
  const names = Array.from({ length: points }, (_, q) => `point${q}`);
  for (const name of names) block.add(`var ${name} = vec2f(0.0);`);
  block.add('if (isInside) {');
  for (let q = 0; q < points / 2; q++) {
    block.add(`let a${q} = ${packed}[near + ${q} * packedStep];`);
    block.add(`let b${q} = ${packed}[far + ${q} * packedStep];`);
    block.add(`point${q} = 0.5 * vec2f(a${q}.x + b${q}.x, a${q}.y - b${q}.y);`);
    block.add(`point${q + points / 2} = 0.5 * vec2f(a${q}.y + b${q}.y, b${q}.x - a${q}.x);`);
  }
  block.add('}');
  return names;
};

/**
 * Stores a column, and its conjugate at the mirror column, as packed rows in `result`. Of the edge columns only the real
 * part belongs to a real image.
 */
export const emitPackedStores = (block: WgslBlock, plan: ColumnPlan, values: readonly string[]): void => {
  const half = plan.line.pointsPerThread / 2;
  block.add('if (isInside) {');
  block.add('let imaginary = select(1.0, 0.0, isEdge);');
  for (let q = 0; q < half; q++) {
    const upper = values[q];
    const lower = values[q + half];
    block.add(`let s${q} = imaginary * vec2f(-${lower}.y, ${upper}.y);`);
    block.add(`let r${q} = vec2f(${upper}.x, ${lower}.x);`);
    block.add(`result[near + ${q} * packedStep] = r${q} + s${q};`);
    block.add(`result[far + ${q} * packedStep] = r${q} - s${q};`);
  }
  block.add('}');
};

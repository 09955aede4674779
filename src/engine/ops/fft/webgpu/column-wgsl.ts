/** Column transforms: the frame shared by the transform's and the loss's column kernels, and the unpacking of rows. */

import type { ColumnPlan, ImageShape } from '../plan.ts';
import { type LineExchange, lineFunctions, type PointLoads, type PointStores } from './line-wgsl.ts';
import type { WgslBlock } from './wgsl-block.ts';

/** Uniforms that `columnFrame` reads. */
export const columnIntegers = (shape: ImageShape, plan: ColumnPlan): Record<string, number> => ({
  inner: shape.inner,
  columns: shape.columns,
  lineCount: plan.lineCount,
});

/** The exchange of a column kernel in workgroup memory. */
export const columnExchange = ({ lines }: ColumnPlan): LineExchange => {
  const at = (index: string) => `exchange[lineInGroup + ${index} * ${lines}]`;
  return { store: (index, value) => `${at(index)} = ${value};`, load: at };
};

/** WGSL for a line that does not exist: a lone thread returns; threads that meet at barriers stay and touch nothing. */
const guard = (block: WgslBlock, { exchange }: ColumnPlan, body: () => void): void => {
  if (exchange !== 'private') block.add('if (isInside) {');
  body();
  if (exchange !== 'private') block.add('}');
};

/**
 * The kernel around a body. The body sees `t` (thread in the line), `isInside`, `column` (0..N/2), `isEdge` (column 0
 * or N/2, which are their own mirror images), `halfStride` (points between rows of the half spectrum) and `binStart` (the
 * column's first point in it).
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
      // On a CPU device, loading a uniform costs as much as any other load.
      let inner = uniforms.inner;
      let columns = uniforms.columns;
      let halfStride = (columns / 2 + 1) * inner;
      let image = line / halfStride;
      let columnAndChannel = line % halfStride;
      let column = columnAndChannel / inner;
      let channel = columnAndChannel % inner;
      let isEdge = column == 0 || 2 * column == columns;
      let mirrorColumn = select(columns - column, 0, column == 0);
      let rowStride = columns * inner;
      let packedStart = image * ${line.length / 2} * rowStride + channel;
      let near = packedStart + column * inner;
      let far = packedStart + mirrorColumn * inner;
      let binStart = image * ${line.length} * halfStride + columnAndChannel;
      ${plan.exchange === 'private' ? 'if (!isInside) { return; }' : ''}
      ${body}
    }`;
};

/**
 * Loads of a column from packed rows: point (h, v) and its mirror (h, N - v) hold rows h and h + M/2 of column v, which
 * are always points q and q + P/2 of one butterfly.
 * @param packed name of the array of vec2f
 */
export const unpackedLoads =
  (plan: ColumnPlan, packed: string): PointLoads =>
  (block, first, step, count) => {
    const names = Array.from({ length: count }, () => block.variable('vec2f(0.0)'));
    guard(block, plan, () => {
      for (let q = 0; q < count / 2; q++) {
        const row = block.bind(`(${first} + ${q * step}) * rowStride`);
        const a = block.bind(`${packed}[near + ${row}]`);
        const b = block.bind(`${packed}[far + ${row}]`);
        block.add(`${names[q]} = 0.5 * vec2f(${a}.x + ${b}.x, ${a}.y - ${b}.y);`);
        block.add(`${names[q + count / 2]} = 0.5 * vec2f(${a}.y + ${b}.y, ${b}.x - ${a}.x);`);
      }
    });
    return names;
  };

/**
 * Stores of a column, and of its conjugate at the mirror column, as packed rows in `result`. A real image has only the real
 * part of the edge columns.
 */
export const packedStores =
  (plan: ColumnPlan): PointStores =>
  (block, first, step, values) => {
    const half = values.length / 2;
    guard(block, plan, () => {
      const imaginary = block.bind('select(1.0, 0.0, isEdge)');
      for (let q = 0; q < half; q++) {
        const upper = values[q];
        const lower = values[q + half];
        const row = block.bind(`(${first} + ${q * step}) * rowStride`);
        const s = block.bind(`${imaginary} * vec2f(-${lower}.y, ${upper}.y)`);
        const r = block.bind(`vec2f(${upper}.x, ${lower}.x)`);
        block.add(`result[near + ${row}] = ${r} + ${s};`);
        block.add(`result[far + ${row}] = ${r} - ${s};`);
      }
    });
  };

/** Loads of a column from the half spectrum `spectrum` (vec2f), times `scale`. */
export const binLoads =
  (plan: ColumnPlan): PointLoads =>
  (block, first, step, count) => {
    const names = Array.from({ length: count }, () => block.variable('vec2f(0.0)'));
    guard(block, plan, () => {
      names.forEach((name, q) => {
        block.add(`${name} = spectrum[binStart + (${first} + ${q * step}) * halfStride] * scale;`);
      });
    });
    return names;
  };

/** Stores of a column, times `scale`, to the half spectrum in `result`. */
export const binStores =
  (plan: ColumnPlan): PointStores =>
  (block, first, step, values) =>
    guard(block, plan, () => {
      values.forEach((value, q) => {
        block.add(`result[binStart + (${first} + ${q * step}) * halfStride] = ${value} * scale;`);
      });
    });

/** WGSL of the weighted frequency domain loss: the column kernel. */

import type { ColumnPlan } from '../fft/plan.ts';
import { columnExchange, columnFrame, packedStores, unpackedLoads } from '../fft/webgpu/column-wgsl.ts';
import { emitLine, type PointValues } from '../fft/webgpu/line-wgsl.ts';
import { emitSerialRoundTrip } from '../fft/webgpu/serial-line-wgsl.ts';
import { WgslBlock } from '../fft/webgpu/wgsl-block.ts';

/** Workgroup memory per invocation of the column kernel besides the exchange: its part of two sums, and of their heads. */
export const sumBytesPerInvocation = 16;

const mostHeads = 16;

/** The type of the sum over |D|: a number, or a pair if there is a second weight. */
const sumType = (hasSecond: boolean): string => (hasSecond ? 'vec2f' : 'f32');

/** A part of the loss as a point, because it is stored as one. */
const asPoint = (sum: string, hasSecond: boolean): string => (hasSecond ? sum : `vec2f(${sum}, 0.0)`);

/** Multiplies each point of D by h / |D|, and adds h |D| to `total`, for the second weight beside it. */
const weigh =
  ({ line }: ColumnPlan, hasSecond: boolean): PointValues =>
  (block, first, step, values) =>
    values.map((value, q) => {
      const row = block.bind(`${first} + ${q * step}`);
      const mirrorRow = block.bind(`(${line.length} - ${row}) & ${line.length - 1}`);
      const mean = (name: string): string =>
        block.bind(
          `0.5 * (${name}[${row} * columns + column] + ${name}[${mirrorRow} * columns + mirrorColumn])`,
        );
      const weight = mean('weight');
      const magnitude = block.bind(`sqrt(dot(${value}, ${value}))`);
      block.add(
        hasSecond
          ? `total += vec2f(${weight}, ${mean('secondWeight')}) * ${magnitude};`
          : `total += ${weight} * ${magnitude};`,
      );
      // Below 1e-19 the square is no longer a normal float32: the unit vector then shrinks to 0 with D, without a NaN.
      return block.bind(`${value} * (${weight} / max(${magnitude}, 1e-19))`);
    });

/** WGSL that adds the totals of a workgroup's lines, which meet at barriers: part `group` is their sum. */
const groupSum = ({ invocations }: ColumnPlan, hasSecond: boolean) => {
  const type = sumType(hasSecond);
  const heads = Math.min(mostHeads, invocations);
  return {
    declarations: /* wgsl */ `
      var<workgroup> sums : array<${type}, ${invocations}>;
      var<workgroup> heads : array<${type}, ${heads}>;`,
    // A line beyond the last has undefined values.
    store: `sums[lane] = select(${type}(0.0), total * select(2.0, 1.0, isEdge), isInside);`,
    addHeads: /* wgsl */ `if (lane < ${heads}) {
      var sum = ${type}(0.0);
      for (var i = lane; i < ${invocations}; i += ${heads}) { sum += sums[i]; }
      heads[lane] = sum;
    }`,
    storePart: /* wgsl */ `if (lane == 0 && group < uniforms.parts) {
      var sum = ${type}(0.0);
      for (var i = 0; i < ${heads}; i++) { sum += heads[i]; }
      result[uniforms.packedPoints + group] = ${asPoint('sum', hasSecond)};
    }`,
  };
};

/** Number of parts of the loss from the column kernel: one per line, or one per workgroup. */
export const partCount = ({ exchange, lineCount, groups }: ColumnPlan): number =>
  exchange === 'private' ? lineCount : groups;

/**
 * Columns of the difference D, in place: transform, weight, unit spectrum h D / |D|, inverse transform; and the parts of
 * sum h |D| behind the packed rows. h is the mean of w at a frequency and at its mirror image: a real image depends on nothing
 * else of w. Input `weight` (f32, [M, N]); `result` (vec2f): packed rows, then one point per part.
 * @param hasSecond adds the input `secondWeight`, whose sum is beside that of `weight` in each part
 */
export const generateWfdlColumns = (plan: ColumnPlan, hasSecond: boolean): string => {
  const block = new WgslBlock();
  block.add(`var total = ${sumType(hasSecond)}(0.0);`);
  const loads = unpackedLoads(plan, 'result');
  const stores = packedStores(plan);
  if (plan.exchange === 'private') {
    emitSerialRoundTrip(block, plan.line, loads, weigh(plan, hasSecond), stores);
    const part = asPoint('total * select(2.0, 1.0, isEdge)', hasSecond);
    block.add(`result[uniforms.packedPoints + line] = ${part};`);
    return columnFrame(plan, '', block);
  }
  const { pointsPerThread, threads } = plan.line;
  const exchange = columnExchange(plan);
  const sum = groupSum(plan, hasSecond);
  const loaded = loads(block, 't', threads, pointsPerThread);
  const spectrum = emitLine(block, plan.line, loaded, 'forward', exchange, true);
  const units = weigh(plan, hasSecond)(block, 't', threads, spectrum);
  block.add(sum.store);
  const afterBarriers = [sum.addHeads, sum.storePart] as const;
  const inverse = emitLine(block, plan.line, units, 'inverse', { ...exchange, afterBarriers }, false);
  if (plan.exchange === 'none') {
    for (const statement of afterBarriers) {
      block.add('workgroupBarrier();');
      block.add(statement);
    }
  }
  stores(block, 't', threads, inverse);
  return columnFrame(plan, sum.declarations, block);
};

/** WGSL of the weighted frequency domain loss: the column kernel. */
import { columnExchange, columnFrame, packedStores, unpackedLoads } from '../fft/column-wgsl.ts';
import { emitLine, type PointValues } from '../fft/line-wgsl.ts';
import type { ColumnPlan } from '../fft/plan.ts';
import { emitSerialRoundTrip } from '../fft/serial-line-wgsl.ts';
import { WgslBlock } from '../fft/wgsl-block.ts';

/** Workgroup memory of the column kernel besides the exchange, an invocation: its part of the sum, and of the heads. */
export const sumBytesPerInvocation = 8;

const mostHeads = 16;

/** Multiplies each point of D by h / |D|, and adds h |D| to `total`. */
const weigh =
  ({ line }: ColumnPlan): PointValues =>
  (block, first, step, values) =>
    values.map((value, q) => {
      const row = block.bind(`${first} + ${q * step}`);
      const mirrorRow = block.bind(`(${line.length} - ${row}) & ${line.length - 1}`);
      const weight = block.bind(
        `0.5 * (weight[${row} * columns + column] + weight[${mirrorRow} * columns + mirrorColumn])`,
      );
      const magnitude = block.bind(`sqrt(dot(${value}, ${value}))`);
      block.add(`total += ${weight} * ${magnitude};`);
      // Below 1e-19 the square is no longer a normal float32: the unit vector then shrinks to 0 with D, without a NaN.
      return block.bind(`${value} * (${weight} / max(${magnitude}, 1e-19))`);
    });

/** What the lines of a workgroup that meets at barriers do with their totals: part `group` is their sum. */
const groupSum = ({ invocations }: ColumnPlan) => {
  const heads = Math.min(mostHeads, invocations);
  return {
    declarations: /* wgsl */ `
      var<workgroup> sums : array<f32, ${invocations}>;
      var<workgroup> heads : array<f32, ${heads}>;`,
    // A line beyond the last holds whatever its loads gave.
    store: 'sums[lane] = select(0.0, total * select(2.0, 1.0, isEdge), isInside);',
    addHeads: /* wgsl */ `if (lane < ${heads}) {
      var sum = 0.0;
      for (var i = lane; i < ${invocations}; i += ${heads}) { sum += sums[i]; }
      heads[lane] = sum;
    }`,
    storePart: /* wgsl */ `if (lane == 0 && group < uniforms.parts) {
      var sum = 0.0;
      for (var i = 0; i < ${heads}; i++) { sum += heads[i]; }
      result[uniforms.packedPoints + group] = vec2f(sum, 0.0);
    }`,
  };
};

/** How many parts of the loss the column kernel leaves: one a line, or one a workgroup. */
export const partCount = ({ exchange, lineCount, groups }: ColumnPlan): number =>
  exchange === 'private' ? lineCount : groups;

/**
 * Columns of the difference D, in place: transform, weight, unit spectrum h D / |D|, inverse transform; and the parts of
 * sum h |D| behind the packed rows. h is the mean of w at a frequency and at its mirror image: all that a real image can
 * tell of w. Input `weight` (f32, [M, N]); `result` (vec2f): packed rows, then one point a part.
 */
export const generateWfdlColumns = (plan: ColumnPlan): string => {
  const block = new WgslBlock();
  block.add('var total = 0.0;');
  const loads = unpackedLoads(plan, 'result');
  const stores = packedStores(plan);
  if (plan.exchange === 'private') {
    emitSerialRoundTrip(block, plan.line, loads, weigh(plan), stores);
    block.add('result[uniforms.packedPoints + line] = vec2f(total * select(2.0, 1.0, isEdge), 0.0);');
    return columnFrame(plan, '', block);
  }
  const { pointsPerThread, threads } = plan.line;
  const exchange = columnExchange(plan);
  const sum = groupSum(plan);
  const loaded = loads(block, 't', threads, pointsPerThread);
  const spectrum = emitLine(block, plan.line, loaded, 'forward', exchange, true);
  const units = weigh(plan)(block, 't', threads, spectrum);
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

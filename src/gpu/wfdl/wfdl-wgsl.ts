/** WGSL of the weighted frequency domain loss: the column kernel, and the sum of its partial losses. */
import { columnExchange, columnFrame, emitPackedStores, emitUnpackedLoads } from '../fft/column-wgsl.ts';
import { emitLine } from '../fft/line-wgsl.ts';
import type { ColumnPlan } from '../fft/plan.ts';
import { WgslBlock } from '../fft/wgsl-block.ts';

/** Workgroup memory of the column kernel besides the exchange, an invocation: its part of the sum, and of the heads. */
export const sumBytesPerInvocation = 8;

const mostHeads = 16;

/**
 * Columns of the difference D, in place: transform, weight, unit spectrum h D / |D|, inverse transform; and the
 * workgroup's part of sum h |D| behind the packed rows. h is the mean of w at a frequency and at its mirror image: all
 * that a real image can tell of w. Input `weight` (f32, [M, N]); `result` (vec2f): packed rows, then one point a group.
 */
export const generateWfdlColumns = (plan: ColumnPlan): string => {
  const { line, invocations } = plan;
  const heads = Math.min(mostHeads, invocations);
  const block = new WgslBlock();
  const loaded = emitUnpackedLoads(block, plan, 'result');
  const exchange = columnExchange(plan);
  const spectrum = emitLine(block, line, loaded, 'forward', exchange, true);
  block.add('var total = 0.0;');
  const units = spectrum.map((value, q) => {
    const row = block.bind(`t + ${q * line.threads}`);
    const mirrorRow = block.bind(`(${line.length} - ${row}) & ${line.length - 1}`);
    const weight = block.bind(
      `0.5 * (weight[${row} * uniforms.columns + column] + weight[${mirrorRow} * uniforms.columns + mirrorColumn])`,
    );
    const magnitude = block.bind(`sqrt(dot(${value}, ${value}))`);
    block.add(`total += ${weight} * ${magnitude};`);
    // Below 1e-19 the square is no longer a normal float32: the unit vector then shrinks to 0 with D, without a NaN.
    return block.bind(`${value} * (${weight} / max(${magnitude}, 1e-19))`);
  });
  // A line beyond the last holds whatever its loads gave.
  block.add('sums[lane] = select(0.0, total * select(2.0, 1.0, isEdge), isInside);');
  const addHeads = /* wgsl */ `if (lane < ${heads}) {
    var sum = 0.0;
    for (var i = lane; i < ${invocations}; i += ${heads}) { sum += sums[i]; }
    heads[lane] = sum;
  }`;
  const storePart = /* wgsl */ `if (lane == 0 && group < uniforms.groups) {
    var sum = 0.0;
    for (var i = 0; i < ${heads}; i++) { sum += heads[i]; }
    result[uniforms.packedPoints + group] = vec2f(sum, 0.0);
  }`;
  const inverse = emitLine(
    block,
    line,
    units,
    'inverse',
    { ...exchange, afterBarriers: [addHeads, storePart] },
    false,
  );
  if (plan.exchange === 'none') {
    block.add('workgroupBarrier();');
    block.add(addHeads);
    block.add('workgroupBarrier();');
    block.add(storePart);
  }
  emitPackedStores(block, plan, inverse);
  const declarations = /* wgsl */ `
    var<workgroup> sums : array<f32, ${invocations}>;
    var<workgroup> heads : array<f32, ${heads}>;`;
  return columnFrame(plan, declarations, block);
};

/** Threads of the workgroup that adds the parts. */
export const sumInvocations = 64;

/** WGSL: adds `uniforms.groups` parts behind the packed rows, always in the same order, times `uniforms.scale`. */
export const generateWfdlSum = (): string => /* wgsl */ `
  var<workgroup> sums : array<f32, ${sumInvocations}>;
  fn main(index : i32) {
    let lane = index % ${sumInvocations};
    var sum = 0.0;
    for (var i = lane; i < uniforms.groups; i += ${sumInvocations}) {
      sum += parts[uniforms.packedPoints + i].x;
    }
    sums[lane] = sum;
    workgroupBarrier();
    if (index == 0) {
      var total = 0.0;
      for (var i = 0; i < ${sumInvocations}; i++) { total += sums[i]; }
      result[0] = total * uniforms.scale;
    }
  }`;

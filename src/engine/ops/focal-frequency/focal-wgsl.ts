/** WGSL of the focal frequency loss: the column kernel, and the normalization of each plane. */

import type { ColumnPlan } from '../fft/plan.ts';
import { columnExchange, columnFrame, packedStores, unpackedLoads } from '../fft/webgpu/column-wgsl.ts';
import { emitLine, type PointValues } from '../fft/webgpu/line-wgsl.ts';
import { emitSerialRoundTrip } from '../fft/webgpu/serial-line-wgsl.ts';
import { WgslBlock } from '../fft/webgpu/wgsl-block.ts';

/** Workgroup memory per invocation of the column kernel besides the exchange: its sum and its largest magnitude. */
export const focusBytesPerInvocation = 8;

/** Below this, a normalizer has no finite inverse in float32; the plane's loss is 0 in float32 then. */
const leastNormalizer = 1e-37;

/** Names the code of `powerFunction`: whole exponents are products, all others share one text. */
export const powerKey = (alpha: number): string => (Number.isInteger(alpha) ? `${alpha}` : 'any');

/** WGSL of `power`, a magnitude to the exponent alpha. Products err by one rounding each, `pow` by far more. */
const powerFunction = (alpha: number): string => {
  const product = Array.from({ length: alpha }, () => 'magnitude').join(' * ') || '1.0';
  const body = Number.isInteger(alpha) ? product : 'pow(max(magnitude, 1e-19), uniforms.alpha)';
  return `fn power(magnitude : f32) -> f32 { return ${body}; }`;
};

/** Multiplies each point of D by |D|^alpha, adds |D|^(2 + alpha) to `total`, and keeps the largest |D| in `largest`. */
const focus: PointValues = (block, _first, _step, values) =>
  values.map((value) => {
    const square = block.bind(`dot(${value}, ${value})`);
    const magnitude = block.bind(`sqrt(${square})`);
    const factor = block.bind(`power(${magnitude})`);
    block.add(`total += ${factor} * ${square};`);
    block.add(`largest = max(largest, ${magnitude});`);
    return block.bind(`${value} * ${factor}`);
  });

/** The line's part: an interior column represents two. */
const part = 'vec2f(total * select(2.0, 1.0, isEdge), largest)';

/**
 * Columns of the difference D, in place: transform, |D|^alpha D, inverse transform; and for each line, behind the packed
 * rows, the sum of |D|^(2 + alpha) and the largest |D|. `result` (vec2f): packed rows, then one point a line.
 */
export const generateFocalColumns = (plan: ColumnPlan, alpha: number): string => {
  const block = new WgslBlock();
  block.add('var total = 0.0; var largest = 0.0;');
  const loads = unpackedLoads(plan, 'result');
  const stores = packedStores(plan);
  if (plan.exchange === 'private') {
    emitSerialRoundTrip(block, plan.line, loads, focus, stores);
    block.add(`result[uniforms.packedPoints + line] = ${part};`);
    return columnFrame(plan, powerFunction(alpha), block);
  }
  const { pointsPerThread, threads } = plan.line;
  const exchange = columnExchange(plan);
  const loaded = loads(block, 't', threads, pointsPerThread);
  const spectrum = emitLine(block, plan.line, loaded, 'forward', exchange, true);
  const focused = focus(block, 't', threads, spectrum);
  if (plan.exchange === 'none') {
    block.add(`if (isInside) { result[uniforms.packedPoints + line] = ${part}; }`);
    stores(block, 't', threads, emitLine(block, plan.line, focused, 'inverse', exchange, false));
    return columnFrame(plan, powerFunction(alpha), block);
  }
  block.add(`parts[lane] = ${part};`);
  const addParts = /* wgsl */ `if (t == 0 && isInside) {
    var sum = parts[lane];
    for (var i = 1; i < ${threads}; i++) {
      let next = parts[lane + i * ${plan.lines}];
      sum = vec2f(sum.x + next.x, max(sum.y, next.y));
    }
    result[uniforms.packedPoints + line] = sum;
  }`;
  const afterBarriers = [addParts, ''] as const;
  const inverse = emitLine(block, plan.line, focused, 'inverse', { ...exchange, afterBarriers }, false);
  stores(block, 't', threads, inverse);
  const declarations = `${powerFunction(alpha)} var<workgroup> parts : array<vec2f, ${plan.invocations}>;`;
  return columnFrame(plan, declarations, block);
};

/** Threads of a workgroup of the normalization: one a plane. */
export const planeInvocations = 64;

/**
 * WGSL: from the lines of each plane, the plane's loss and its normalizer 1 / max |D|^alpha, 0 if the plane is 0. They follow
 * the lines in `result`.
 */
export const generateFocalPlanes = (alpha: number): string => /* wgsl */ `
  ${powerFunction(alpha)}
  fn main(index : i32) {
    if (index >= uniforms.planes) { return; }
    let first = uniforms.packedPoints + index / uniforms.inner * uniforms.linesPerImage + index % uniforms.inner;
    var sum = 0.0;
    var largest = 0.0;
    for (var line = 0; line < uniforms.linesPerImage; line += uniforms.inner) {
      let part = result[first + line];
      sum += part.x;
      largest = max(largest, part.y);
    }
    let most = power(largest);
    let factor = select(0.0, 1.0 / max(most, ${leastNormalizer}), most > ${leastNormalizer});
    result[uniforms.planeStart + index] = vec2f(sum * factor, factor);
  }`;

/**
 * WGSL of SSIM and its gradient. With the moments of s = x + y and d = y - x in a window,
 * 1 - SSIM = l + c - l c, l = mean(d)^2 / B1, c = var(d) / B2, B1 = (mean(s)^2 + mean(d)^2) / 2 + C1,
 * B2 = (var(s) + var(d)) / 2 + C2: four moments instead of five, and no difference of nearly equal numbers if y is close
 * to x. The variance is that within rows plus that of the rows' means, which avoids cancellation too.
 */
import { WgslBlock } from '../fft/webgpu/wgsl-block.ts';
import type { FilterPass } from './ssim-plan.ts';

/** The parameters of the code. All sizes but `perThread` are uniforms. */
export interface SsimVariant {
  /** One side of the window, sum 1. */
  readonly taps: ArrayLike<number>;
  readonly perThread: number;
  /** Threads of a workgroup. */
  readonly invocations: number;
}

const literal = (value: number): string => Math.fround(value).toExponential(8);

/** The uniforms of a pass, as `filterFrame` names them. */
export const passIntegers = ({ outer, inner, inputLength, outputLength, blocks }: FilterPass) => ({
  outer,
  inner,
  inputLength,
  outputLength,
  blocks,
});

/** A thread's position: `inputStart` and `outputStart` of its line, and `first`, its first output. Surplus threads store nothing. */
const filterFrame = (declarations: string, body: WgslBlock): string => /* wgsl */ `
  ${declarations}
  fn main(index : i32) {
    let inner = index % uniforms.inner;
    let rest = index / uniforms.inner;
    let isInside = rest / uniforms.blocks < uniforms.outer;
    let outer = min(rest / uniforms.blocks, uniforms.outer - 1);
    let inputStart = outer * uniforms.inputLength * uniforms.inner + inner;
    let outputStart = outer * uniforms.outputLength * uniforms.inner + inner;
    let lastInput = uniforms.inputLength - 1;
    ${body}
  }`;

/** Loads the values in the windows of a thread's outputs; beyond the line's end its last value, which no output uses. */
const emitLoads = (
  block: WgslBlock,
  { taps, perThread }: SsimVariant,
  load: (at: string) => string,
): string[] =>
  Array.from({ length: taps.length + perThread - 1 }, (_, j) =>
    block.bind(load(block.bind(`inputStart + min(first + ${j}, lastInput) * uniforms.inner`))),
  );

/** As `emitLoads`, for the transposed filter: loads the windows that cover the outputs, and 0 beyond both ends. */
const emitAdjointLoads = (
  block: WgslBlock,
  { taps, perThread }: SsimVariant,
  load: (at: string) => string,
): string[] =>
  Array.from({ length: taps.length + perThread - 1 }, (_, j) => {
    const window = block.bind(`first + ${j - taps.length + 1}`);
    const at = block.bind(`inputStart + clamp(${window}, 0, lastInput) * uniforms.inner`);
    return block.bind(`select(vec3f(0.0), ${load(at)}, ${window} >= 0 && ${window} <= lastInput)`);
  });

/** Binds the weighted sum of the values. The window is symmetric, so its transpose is the same sum. */
const emitWeighedSum = (
  block: WgslBlock,
  taps: ArrayLike<number>,
  values: readonly string[],
  from: number,
): string => {
  let sum = block.bind(`${literal(taps[0])} * ${values[from]}`);
  for (let k = 1; k < taps.length; k++)
    sum = block.bind(`${sum} + ${literal(taps[k])} * ${values[from + k]}`);
  return sum;
};

const emitDeviations = (
  block: WgslBlock,
  taps: number,
  values: readonly string[],
  from: number,
  mean: string,
): string[] => Array.from({ length: taps }, (_, k) => block.bind(`${values[from + k]} - ${mean}`));

/** Runs `each` for every output of a thread, inside a guard against those beyond the end. */
const emitOutputs = (
  block: WgslBlock,
  { perThread }: SsimVariant,
  each: (t: number, at: string) => void,
): void => {
  for (let t = 0; t < perThread; t++) {
    block.add(`if (isInside && first + ${t} < uniforms.outputLength) {`);
    each(t, block.bind(`outputStart + (first + ${t}) * uniforms.inner`));
    block.add('}');
  }
};

const start = ({ perThread }: SsimVariant): WgslBlock => {
  const block = new WgslBlock();
  block.add(`let first = rest % uniforms.blocks * ${perThread};`);
  return block;
};

/** Moments along rows. Inputs `x`, `y` (f32); result (vec4f): means of s and d, then their variances. */
export const generateSsimRows = (variant: SsimVariant): string => {
  const { taps } = variant;
  const block = start(variant);
  const pixels = emitLoads(block, variant, (at) => `vec2f(x[${at}] + y[${at}], y[${at}] - x[${at}])`);
  emitOutputs(block, variant, (t, at) => {
    const mean = emitWeighedSum(block, taps, pixels, t);
    const deviations = emitDeviations(block, taps.length, pixels, t, mean);
    const squares = deviations.map((deviation) => `${deviation} * ${deviation}`);
    block.add(`result[${at}] = vec4f(${mean}, ${emitWeighedSum(block, taps, squares, 0)});`);
  });
  return filterFrame('', block);
};

/**
 * Moments of whole windows, 1 - SSIM of each, and its maps for the gradient: an offset and the factors of s - 1 and d. Their
 * sum is the derivative in the y of a pixel with weight 1. s - 1 is around 0, so the offset is small.
 * Input `moments` (vec4f); result (f32): [3, windows], then each workgroup's sum of 1 - SSIM.
 */
export const generateSsimColumns = (variant: SsimVariant): string => {
  const { taps, invocations } = variant;
  const heads = 2 ** Math.floor(Math.log2(invocations) / 2);
  const block = start(variant);
  const rows = emitLoads(block, variant, (at) => `moments[${at}]`);
  block.add('var total = 0.0;');
  emitOutputs(block, variant, (t, at) => {
    const sums = emitWeighedSum(block, taps, rows, t);
    const means = rows.map((row) => `${row}.xy`);
    const deviations = emitDeviations(block, taps.length, means, t, `${sums}.xy`);
    const squares = deviations.map((deviation) => `${deviation} * ${deviation}`);
    const between = emitWeighedSum(block, taps, squares, 0);
    const window = block.bind(`compare(${sums}.xy, ${sums}.zw + ${between})`);
    block.add(`total += ${window}.w;`);
    for (const [plane, component] of ['x', 'y', 'z'].entries()) {
      block.add(`result[${plane} * uniforms.windows + ${at}] = ${window}.${component};`);
    }
  });
  block.add(/* wgsl */ `
    let lane = index % ${invocations};
    let group = index / ${invocations};
    sums[lane] = total;
    workgroupBarrier();
    if (lane < ${heads}) {
      for (var i = lane + ${heads}; i < ${invocations}; i += ${heads}) { total += sums[i]; }
      heads[lane] = total;
    }
    workgroupBarrier();
    if (lane == 0 && group < uniforms.groups) {
      for (var i = 1; i < ${heads}; i++) { total += heads[i]; }
      result[3 * uniforms.windows + group] = total;
    }`);
  return filterFrame(
    /* wgsl */ `
    var<workgroup> sums : array<f32, ${invocations}>;
    var<workgroup> heads : array<f32, ${heads}>;

    // Offset, factor of s - 1, factor of d, and 1 - SSIM, of the means and variances of s and d.
    fn compare(mean : vec2f, variance : vec2f) -> vec4f {
      let power = mean * mean;
      let b1 = 0.5 * (power.x + power.y) + uniforms.c1;
      let b2 = 0.5 * (variance.x + variance.y) + uniforms.c2;
      let l = power.y / b1;
      let c = variance.y / b2;
      let luminance = (0.5 * (power.x - power.y) + uniforms.c1) / b1;
      let contrast = (0.5 * (variance.x - variance.y) + uniforms.c2) / b2;
      let sumFactor = -luminance * c / b2;
      let differenceFactor = luminance * (variance.x + 2.0 * uniforms.c2) / (b2 * b2);
      let sumOffset = -contrast * l * mean.x / b1 - sumFactor * (mean.x - 1.0);
      let differenceOffset =
        contrast * mean.y * (power.x + 2.0 * uniforms.c1) / (b1 * b1) - differenceFactor * mean.y;
      return vec4f(sumOffset + differenceOffset, sumFactor, differenceFactor, l + c - l * c);
    }`,
    block,
  );
};

/** Adds the workgroups' sums, always in the same order, times `uniforms.scale`. Input `maps`; result (f32): one value. */
export const generateSsimSum = (invocations: number): string => /* wgsl */ `
  var<workgroup> sums : array<f32, ${invocations}>;
  fn main(index : i32) {
    let lane = index % ${invocations};
    var sum = 0.0;
    for (var i = lane; i < uniforms.groups; i += ${invocations}) { sum += maps[3 * uniforms.windows + i]; }
    sums[lane] = sum;
    workgroupBarrier();
    if (index == 0) {
      for (var i = 1; i < ${invocations}; i++) { sum += sums[i]; }
      result[0] = sum * uniforms.scale;
    }
  }`;

const planes = (name: string, at: string): string =>
  `vec3f(${name}[${at}], ${name}[uniforms.inputs + ${at}], ${name}[2 * uniforms.inputs + ${at}])`;

/** The three maps spread back along rows. Input `maps` (f32), three planes; result (f32) likewise. */
export const generateSsimAdjointRows = (variant: SsimVariant): string => {
  const block = start(variant);
  const windows = emitAdjointLoads(block, variant, (at) => planes('maps', at));
  emitOutputs(block, variant, (t, at) => {
    const spread = emitWeighedSum(block, variant.taps, windows, t);
    for (const [plane, component] of ['x', 'y', 'z'].entries()) {
      block.add(`result[${plane} * uniforms.outputs + ${at}] = ${spread}.${component};`);
    }
  });
  return filterFrame('', block);
};

/**
 * The maps spread back along columns, and joined with the pixel: the gradient in y.
 * Inputs `spread` (f32) three planes, `x`, `y` (f32), `dy` (f32, one value); result (f32).
 */
export const generateSsimAdjointColumns = (variant: SsimVariant): string => {
  const block = start(variant);
  const windows = emitAdjointLoads(block, variant, (at) => planes('spread', at));
  block.add('let scale = uniforms.scale * dy[0];');
  emitOutputs(block, variant, (t, at) => {
    const sum = emitWeighedSum(block, variant.taps, windows, t);
    block.add(
      `result[${at}] = scale * (${sum}.x + ${sum}.y * (x[${at}] + y[${at}] - 1.0) + ${sum}.z * (y[${at}] - x[${at}]));`,
    );
  });
  return filterFrame('', block);
};

/**
 * The gradient of batch norm with batch statistics, in three kernels. The first sums over the rows of each
 * channel, chunk by chunk. The second joins the chunks, which gives the gradient of weight and bias. The
 * third computes the gradient in x. Where the output of ReLU was 0, dy is multiplied by 0, so that NaN in dy
 * is passed on.
 */
import { repeatTable, writeSlopes } from './normalize.assembly.ts';

/** Number of rows per block: few enough for sums in float32. */
const blockRows: i32 = 128;

@unmanaged
class GradientArguments {
  x: usize;
  dy: usize;
  /** float32 [2, channels]: weight, then bias. */
  affine: usize;
  /** float32 [2, channels]: mean, then variance. */
  moments: usize;
  /** float32 [2, channels]: the gradient of affine, which the third kernel reads. */
  daffine: usize;
  /**
   * First kernel: float64 [chunks, 2, channels], the sum of dy (x - mean), then the sum of dy. Third:
   * float32, dx.
   */
  result: usize;
  rows: i32;
  channels: i32;
  repeat: i32;
  rowsPerChunk: i32;
  epsilon: f32;
  relu: i32;
}

/** 1 where a value before ReLU lets the gradient through, else 0. `always` has all bits set if there is no ReLU. */
function openings(value: v128, always: v128): v128 {
  return v128.and(v128.or(f32x4.gt(value, f32x4.splat(0)), always), f32x4.splat(1));
}

/** Adds four float32 sums to four float64 sums. */
function addFour(target: usize, sums: v128): void {
  v128.store(target, f64x2.add(v128.load(target), f64x2.promote_low_f32x4(sums)));
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(sums, sums, 2, 3, 2, 3));
  v128.store(target, f64x2.add(v128.load(target, 16), high), 16);
}

export function runBatchNormGradientSums(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<GradientArguments>(address);
  const channels = given.channels;
  const repeat = given.repeat;
  const bytes = <usize>channels * 4;
  const stride = bytes * repeat;
  const slopes = scratch + stride;
  const biases = slopes + stride;
  const products = biases + stride;
  const sums = products + 2 * stride;
  memory.copy(scratch, given.moments, bytes);
  writeSlopes(slopes, given.affine, given.moments + bytes, channels, given.epsilon);
  memory.copy(biases, given.affine + bytes, bytes);
  repeatTable(scratch, channels, repeat);
  repeatTable(slopes, channels, repeat);
  repeatTable(biases, channels, repeat);
  memory.fill(products, 0, 4 * stride);

  const always = i32x4.splat(given.relu ? 0 : -1);
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const wideRows = rows / repeat;
  const start = <usize>firstRow * bytes;
  const x = given.x + start;
  const dy = given.dy + start;
  for (let row = 0; row < wideRows; row += blockRows) {
    const from = <usize>row * stride;
    const end = from + <usize>min(blockRows, wideRows - row) * stride;
    for (let column: usize = 0; column < stride; column += 32) {
      const mean0 = v128.load(scratch + column);
      const mean1 = v128.load(scratch + column, 16);
      const slope0 = v128.load(slopes + column);
      const slope1 = v128.load(slopes + column, 16);
      const bias0 = v128.load(biases + column);
      const bias1 = v128.load(biases + column, 16);
      let product0 = f32x4.splat(0);
      let product1 = f32x4.splat(0);
      let sum0 = f32x4.splat(0);
      let sum1 = f32x4.splat(0);
      for (let at = from + column; at < end; at += stride) {
        const distance0 = f32x4.sub(v128.load(x + at), mean0);
        const distance1 = f32x4.sub(v128.load(x + at, 16), mean1);
        const open0 = openings(f32x4.add(f32x4.mul(distance0, slope0), bias0), always);
        const open1 = openings(f32x4.add(f32x4.mul(distance1, slope1), bias1), always);
        const gradient0 = f32x4.mul(v128.load(dy + at), open0);
        const gradient1 = f32x4.mul(v128.load(dy + at, 16), open1);
        sum0 = f32x4.add(sum0, gradient0);
        sum1 = f32x4.add(sum1, gradient1);
        product0 = f32x4.add(product0, f32x4.mul(gradient0, distance0));
        product1 = f32x4.add(product1, f32x4.mul(gradient1, distance1));
      }
      addFour(products + 2 * column, product0);
      addFour(products + 2 * column + 32, product1);
      addFour(sums + 2 * column, sum0);
      addFour(sums + 2 * column + 32, sum1);
    }
  }
  const target = given.result + <usize>chunk * channels * 16;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel * 4;
    let product: f64 = 0;
    let sum: f64 = 0;
    for (let group = 0; group < repeat; group++) {
      product += load<f64>(products + <usize>group * bytes * 2 + 2 * at);
      sum += load<f64>(sums + <usize>group * bytes * 2 + 2 * at);
    }
    for (let row = wideRows * repeat; row < rows; row++) {
      const offset = <usize>row * bytes + at;
      const distance = load<f32>(x + offset) - load<f32>(scratch + at);
      // The same operations as in the four-lane code, so that both agree on where ReLU lets values through.
      const value: f32 = distance * load<f32>(slopes + at) + load<f32>(biases + at);
      const open: f32 = given.relu === 0 || value > 0 ? 1 : 0;
      const gradient: f32 = load<f32>(dy + offset) * open;
      sum += gradient;
      product += <f64>gradient * <f64>distance;
    }
    store<f64>(target + 2 * at, product);
    store<f64>(target + 2 * bytes + 2 * at, sum);
  }
}

@unmanaged
class JoinArguments {
  /** float64 [parts, 2, channels]: the sum of dy (x - mean), then the sum of dy. */
  partials: usize;
  /** float32 [2, channels]: mean, then variance. */
  moments: usize;
  /** float32 [2, channels]: the gradient of the weight, then that of the bias. */
  daffine: usize;
  channels: i32;
  parts: i32;
  epsilon: f32;
  channelsPerChunk: i32;
}

/** Adds the chunks of `runBatchNormGradientSums`, always in the same order. */
export function runJoinGradientSums(address: usize, chunk: i32): void {
  const given = changetype<JoinArguments>(address);
  const channels = given.channels;
  const parts = given.parts;
  const first = chunk * given.channelsPerChunk;
  const last = min(channels, first + given.channelsPerChunk);
  const bytes = <usize>channels * 4;
  for (let channel = first; channel < last; channel++) {
    let product: f64 = 0;
    let sum: f64 = 0;
    let source = given.partials + <usize>channel * 8;
    for (let part = 0; part < parts; part++) {
      product += load<f64>(source);
      sum += load<f64>(source + 2 * bytes);
      source += 4 * bytes;
    }
    const at = <usize>channel * 4;
    const variance = <f64>load<f32>(given.moments + bytes + at) + <f64>given.epsilon;
    store<f32>(given.daffine + at, <f32>(product / sqrt<f64>(variance)));
    store<f32>(given.daffine + bytes + at, <f32>sum);
  }
}

/**
 * Writes, for each channel, the factor of x - mean in the gradient in x, and the gradient's constant part.
 */
function writeParts(
  ofDistance: usize,
  constants: usize,
  slopes: usize,
  moments: usize,
  daffine: usize,
  channels: i32,
  rows: i32,
  epsilon: f32,
): void {
  const bytes = <usize>channels * 4;
  const share: f32 = -1 / <f32>rows;
  for (let at: usize = 0; at < bytes; at += 4) {
    const slope = load<f32>(slopes + at) * share;
    const deviation = sqrt<f32>(load<f32>(moments + bytes + at) + epsilon);
    store<f32>(ofDistance + at, (slope * load<f32>(daffine + at)) / deviation);
    store<f32>(constants + at, slope * load<f32>(daffine + bytes + at));
  }
}

/**
 * dx = slope (dy - mean of dy - normal x times mean of (dy times normal x)), as a linear function of dy and x
 * - mean.
 */
export function runBatchNormInputGradient(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<GradientArguments>(address);
  const channels = given.channels;
  const repeat = given.repeat;
  const bytes = <usize>channels * 4;
  const stride = bytes * repeat;
  const slopes = scratch + stride;
  const biases = slopes + stride;
  const ofDistance = biases + stride;
  const constants = ofDistance + stride;
  memory.copy(scratch, given.moments, bytes);
  writeSlopes(slopes, given.affine, given.moments + bytes, channels, given.epsilon);
  memory.copy(biases, given.affine + bytes, bytes);
  writeParts(
    ofDistance,
    constants,
    slopes,
    given.moments,
    given.daffine,
    channels,
    given.rows,
    given.epsilon,
  );
  repeatTable(scratch, channels, repeat);
  repeatTable(slopes, channels, repeat);
  repeatTable(biases, channels, repeat);
  repeatTable(ofDistance, channels, repeat);
  repeatTable(constants, channels, repeat);

  const always = i32x4.splat(given.relu ? 0 : -1);
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const start = <usize>firstRow * bytes;
  let x = given.x + start;
  let dy = given.dy + start;
  let dx = given.result + start;
  for (let row = rows / repeat; row > 0; row--) {
    for (let at: usize = 0; at < stride; at += 16) {
      const distance = f32x4.sub(v128.load(x + at), v128.load(scratch + at));
      const slope = v128.load(slopes + at);
      const open = openings(f32x4.add(f32x4.mul(distance, slope), v128.load(biases + at)), always);
      const ofX = f32x4.add(f32x4.mul(v128.load(ofDistance + at), distance), v128.load(constants + at));
      const ofY = f32x4.mul(slope, f32x4.mul(v128.load(dy + at), open));
      v128.store(dx + at, f32x4.add(ofY, ofX));
    }
    x += stride;
    dy += stride;
    dx += stride;
  }
  const left = <usize>(rows % repeat) * bytes;
  for (let at: usize = 0; at < left; at += 4) {
    const distance = load<f32>(x + at) - load<f32>(scratch + at);
    const slope = load<f32>(slopes + at);
    const value: f32 = distance * slope + load<f32>(biases + at);
    const open: f32 = given.relu === 0 || value > 0 ? 1 : 0;
    const ofX: f32 = load<f32>(ofDistance + at) * distance + load<f32>(constants + at);
    store<f32>(dx + at, slope * (load<f32>(dy + at) * open) + ofX);
  }
}

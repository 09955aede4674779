/** The activations that end a block or the network, forward and backward. All of them pass NaN on. */
import { exponentials } from './exponential.assembly.ts';

/** Number of floats per chunk, in the kernels that do not depend on the channels. */
const chunkFloats: i32 = 16_384;

@unmanaged
class PairArguments {
  first: usize;
  second: usize;
  result: usize;
  size: i32;
}

export function runAddRelu(address: usize, chunk: i32): void {
  const given = changetype<PairArguments>(address);
  const from = <usize>(chunk * chunkFloats) * 4;
  const end = <usize>min((chunk + 1) * chunkFloats, given.size) * 4;
  const a = given.first;
  const b = given.second;
  const y = given.result;
  const zero = f32x4.splat(0);
  let at = from;
  for (; at + 16 <= end; at += 16) {
    v128.store(y + at, f32x4.pmax(f32x4.add(v128.load(a + at), v128.load(b + at)), zero));
  }
  for (; at < end; at += 4) {
    const sum = load<f32>(a + at) + load<f32>(b + at);
    store<f32>(y + at, sum < 0 ? 0 : sum);
  }
}

/** dy where y is positive; elsewhere 0 times dy, so that NaN is passed on. */
export function runAddReluGradient(address: usize, chunk: i32): void {
  const given = changetype<PairArguments>(address);
  const from = <usize>(chunk * chunkFloats) * 4;
  const end = <usize>min((chunk + 1) * chunkFloats, given.size) * 4;
  const y = given.first;
  const dy = given.second;
  const result = given.result;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let at = from;
  for (; at + 16 <= end; at += 16) {
    const open = v128.and(f32x4.gt(v128.load(y + at), zero), one);
    v128.store(result + at, f32x4.mul(v128.load(dy + at), open));
  }
  for (; at < end; at += 4) {
    store<f32>(result + at, load<f32>(dy + at) * (load<f32>(y + at) > 0 ? 1 : 0));
  }
}

@unmanaged
class ChannelArguments {
  /** Forward: x. Backward: y. */
  values: usize;
  /** Forward: bias [channels]. Backward: dy. */
  other: usize;
  result: usize;
  /** Backward: float64 [chunks, channels], each chunk's sums of the result. */
  partials: usize;
  rows: i32;
  channels: i32;
  repeat: i32;
  rowsPerChunk: i32;
}

function sigmoid(values: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponentials(f32x4.neg(values))));
}

export function runBiasSigmoid(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<ChannelArguments>(address);
  const repeat = given.repeat;
  const bytes = <usize>given.channels * 4;
  const stride = bytes * repeat;
  for (let group = 0; group < repeat; group++) {
    memory.copy(scratch + <usize>group * bytes, given.other, bytes);
  }
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const start = <usize>firstRow * bytes;
  let x = given.values + start;
  let y = given.result + start;
  for (let row = rows / repeat; row > 0; row--) {
    for (let at: usize = 0; at < stride; at += 16) {
      v128.store(y + at, sigmoid(f32x4.add(v128.load(x + at), v128.load(scratch + at))));
    }
    x += stride;
    y += stride;
  }
  const left = <usize>(rows % repeat) * bytes;
  for (let at: usize = 0; at < left; at += 4) {
    const sum = f32x4.add(v128.load32_splat(x + at), v128.load32_splat(scratch + at));
    v128.store_lane<f32>(y + at, sigmoid(sum), 0);
  }
}

/** Number of rows per block. Sums within a block are float32. */
const blockRows: i32 = 128;

export function runBiasSigmoidGradient(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<ChannelArguments>(address);
  const channels = given.channels;
  const repeat = given.repeat;
  const bytes = <usize>channels * 4;
  const stride = bytes * repeat;
  memory.fill(scratch, 0, 2 * stride);
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const wideRows = rows / repeat;
  const start = <usize>firstRow * bytes;
  const y = given.values + start;
  const dy = given.other + start;
  const dx = given.result + start;
  const one = f32x4.splat(1);
  for (let row = 0; row < wideRows; row += blockRows) {
    const from = <usize>row * stride;
    const end = from + <usize>min(blockRows, wideRows - row) * stride;
    for (let column: usize = 0; column < stride; column += 16) {
      let sum = f32x4.splat(0);
      for (let at = from + column; at < end; at += stride) {
        const value = v128.load(y + at);
        const slope = f32x4.mul(f32x4.mul(v128.load(dy + at), value), f32x4.sub(one, value));
        v128.store(dx + at, slope);
        sum = f32x4.add(sum, slope);
      }
      const target = scratch + 2 * column;
      v128.store(target, f64x2.add(v128.load(target), f64x2.promote_low_f32x4(sum)));
      const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(sum, sum, 2, 3, 2, 3));
      v128.store(target, f64x2.add(v128.load(target, 16), high), 16);
    }
  }
  const target = given.partials + <usize>chunk * bytes * 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = <usize>channel * 4;
    let sum: f64 = 0;
    for (let group = 0; group < repeat; group++) sum += load<f64>(scratch + 2 * (<usize>group * bytes + at));
    for (let row = wideRows * repeat; row < rows; row++) {
      const offset = <usize>row * bytes + at;
      const value = load<f32>(y + offset);
      const slope: f32 = load<f32>(dy + offset) * value * (1 - value);
      store<f32>(dx + offset, slope);
      sum += slope;
    }
    store<f64>(target + 2 * at, sum);
  }
}

@unmanaged
class SumArguments {
  /** float64 [parts, channels] */
  partials: usize;
  /** float32 [channels] */
  sums: usize;
  channels: i32;
  parts: i32;
}

/** Adds the chunks of `runBiasSigmoidGradient`, always in the same order, in a single chunk. */
export function runJoinChannelSums(address: usize, _chunk: i32): void {
  const given = changetype<SumArguments>(address);
  const channels = given.channels;
  const parts = given.parts;
  for (let channel = 0; channel < channels; channel++) {
    let sum: f64 = 0;
    for (let part = 0; part < parts; part++) {
      sum += load<f64>(given.partials + <usize>(part * channels + channel) * 8);
    }
    store<f32>(given.sums + <usize>channel * 4, <f32>sum);
  }
}

/**
 * Batch norm of a channel as a linear function: y = (x - mean) slope + bias, with optional ReLU. A chunk
 * processes some rows, `repeat` of them as one, so the width is a multiple of 16 floats for any number of
 * channels.
 */

@unmanaged
class NormalizeArguments {
  x: usize;
  /** float32 [2, channels]: weight, then bias. */
  affine: usize;
  /** float32 [2, channels]: mean, then variance. */
  moments: usize;
  y: usize;
  rows: i32;
  channels: i32;
  repeat: i32;
  rowsPerChunk: i32;
  epsilon: f32;
  relu: i32;
}

/** Writes weight / sqrt(variance + epsilon) of each channel. */
export function writeSlopes(
  target: usize,
  weights: usize,
  variances: usize,
  channels: i32,
  epsilon: f32,
): void {
  const added = f32x4.splat(epsilon);
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    const at = <usize>channel * 4;
    const deviation = f32x4.sqrt(f32x4.add(v128.load(variances + at), added));
    v128.store(target + at, f32x4.div(v128.load(weights + at), deviation));
  }
  for (; channel < channels; channel++) {
    const at = <usize>channel * 4;
    store<f32>(target + at, load<f32>(weights + at) / sqrt<f32>(load<f32>(variances + at) + epsilon));
  }
}

/** Repeats the first `channels` floats of a table, so that the table holds them `repeat` times. */
export function repeatTable(table: usize, channels: i32, repeat: i32): void {
  const bytes = <usize>channels * 4;
  for (let group = 1; group < repeat; group++) memory.copy(table + <usize>group * bytes, table, bytes);
}

export function runNormalize(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<NormalizeArguments>(address);
  const channels = given.channels;
  const repeat = given.repeat;
  const bytes = <usize>channels * 4;
  const stride = bytes * repeat;
  const slopes = scratch + stride;
  const biases = slopes + stride;
  memory.copy(scratch, given.moments, bytes);
  writeSlopes(slopes, given.affine, given.moments + bytes, channels, given.epsilon);
  memory.copy(biases, given.affine + bytes, bytes);
  repeatTable(scratch, channels, repeat);
  repeatTable(slopes, channels, repeat);
  repeatTable(biases, channels, repeat);

  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const start = <usize>firstRow * bytes;
  const limit = f32x4.splat(given.relu ? 0 : -Infinity);
  let source = given.x + start;
  let target = given.y + start;
  for (let row = rows / repeat; row > 0; row--) {
    for (let at: usize = 0; at < stride; at += 16) {
      const distance = f32x4.sub(v128.load(source + at), v128.load(scratch + at));
      const line = f32x4.mul(distance, v128.load(slopes + at));
      v128.store(target + at, f32x4.pmax(f32x4.add(line, v128.load(biases + at)), limit));
    }
    source += stride;
    target += stride;
  }
  const left = <usize>(rows % repeat) * bytes;
  for (let at: usize = 0; at < left; at += 4) {
    const distance = f32x4.sub(v128.load32_splat(source + at), v128.load32_splat(scratch + at));
    const line = f32x4.mul(distance, v128.load32_splat(slopes + at));
    const value = f32x4.pmax(f32x4.add(line, v128.load32_splat(biases + at)), limit);
    v128.store_lane<f32>(target + at, value, 0);
  }
}

/**
 * Mean and sum of squared deviations of each channel of [rows, channels]. A chunk processes some rows. The
 * deviations in a block of rows are taken from the block's mean, in float32; blocks, and then chunks, are
 * joined in float64 (Chan, Golub and LeVeque). `repeat` rows are processed as one, so the width is a multiple
 * of 16 floats for any number of channels.
 */

/**
 * Number of rows per block: few enough for sums in float32, and for the second pass to read from the
 * first-level cache.
 */
const blockRows: i32 = 128;

@unmanaged
class MomentsArguments {
  x: usize;
  /** float64 [chunks, 2, channels]: mean, then sum of squared deviations. */
  partials: usize;
  rows: i32;
  channels: i32;
  repeat: i32;
  rowsPerChunk: i32;
}

/**
 * Joins two neighboring columns of a block to the moments of the `seen` earlier rows. All are pairs of
 * float64.
 */
function joinPair(
  means: usize,
  squares: usize,
  origin: v128,
  sum: v128,
  square: v128,
  seen: f64,
  count: f64,
): void {
  const shift = f64x2.mul(sum, f64x2.splat(1 / count));
  const within = f64x2.sub(square, f64x2.mul(sum, shift));
  const old = v128.load(means);
  const delta = f64x2.sub(f64x2.add(origin, shift), old);
  const share = count / (seen + count);
  v128.store(means, f64x2.add(old, f64x2.mul(delta, f64x2.splat(share))));
  const between = f64x2.mul(f64x2.mul(delta, delta), f64x2.splat(share * seen));
  v128.store(squares, f64x2.add(f64x2.add(v128.load(squares), within), between));
}

function highPair(values: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(values, values, 2, 3, 2, 3));
}

/** Joins four columns of a block, whose values are relative to `origin`. */
function joinFour(
  means: usize,
  squares: usize,
  origin: v128,
  sum: v128,
  square: v128,
  seen: f64,
  count: f64,
): void {
  joinPair(
    means,
    squares,
    f64x2.promote_low_f32x4(origin),
    f64x2.promote_low_f32x4(sum),
    f64x2.promote_low_f32x4(square),
    seen,
    count,
  );
  joinPair(means + 16, squares + 16, highPair(origin), highPair(sum), highPair(square), seen, count);
}

/** Joins one block of sixteen columns in two passes, the first for the mean. */
function joinBlock(source: usize, stride: usize, count: i32, seen: i32, means: usize, squares: usize): void {
  const first0 = v128.load(source);
  const first1 = v128.load(source, 16);
  const first2 = v128.load(source, 32);
  const first3 = v128.load(source, 48);
  const end = source + <usize>count * stride;
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  // Values are taken relative to the first row, so a constant channel has exactly the variance 0.
  for (let at = source; at < end; at += stride) {
    sum0 = f32x4.add(sum0, f32x4.sub(v128.load(at), first0));
    sum1 = f32x4.add(sum1, f32x4.sub(v128.load(at, 16), first1));
    sum2 = f32x4.add(sum2, f32x4.sub(v128.load(at, 32), first2));
    sum3 = f32x4.add(sum3, f32x4.sub(v128.load(at, 48), first3));
  }
  const share = f32x4.splat(1 / <f32>count);
  const origin0 = f32x4.add(first0, f32x4.mul(sum0, share));
  const origin1 = f32x4.add(first1, f32x4.mul(sum1, share));
  const origin2 = f32x4.add(first2, f32x4.mul(sum2, share));
  const origin3 = f32x4.add(first3, f32x4.mul(sum3, share));
  sum0 = f32x4.splat(0);
  sum1 = f32x4.splat(0);
  sum2 = f32x4.splat(0);
  sum3 = f32x4.splat(0);
  let square0 = f32x4.splat(0);
  let square1 = f32x4.splat(0);
  let square2 = f32x4.splat(0);
  let square3 = f32x4.splat(0);
  for (let at = source; at < end; at += stride) {
    const distance0 = f32x4.sub(v128.load(at), origin0);
    const distance1 = f32x4.sub(v128.load(at, 16), origin1);
    const distance2 = f32x4.sub(v128.load(at, 32), origin2);
    const distance3 = f32x4.sub(v128.load(at, 48), origin3);
    sum0 = f32x4.add(sum0, distance0);
    sum1 = f32x4.add(sum1, distance1);
    sum2 = f32x4.add(sum2, distance2);
    sum3 = f32x4.add(sum3, distance3);
    square0 = f32x4.add(square0, f32x4.mul(distance0, distance0));
    square1 = f32x4.add(square1, f32x4.mul(distance1, distance1));
    square2 = f32x4.add(square2, f32x4.mul(distance2, distance2));
    square3 = f32x4.add(square3, f32x4.mul(distance3, distance3));
  }
  const before = <f64>seen;
  const added = <f64>count;
  joinFour(means, squares, origin0, sum0, square0, before, added);
  joinFour(means + 32, squares + 32, origin1, sum1, square1, before, added);
  joinFour(means + 64, squares + 64, origin2, sum2, square2, before, added);
  joinFour(means + 96, squares + 96, origin3, sum3, square3, before, added);
}

/** Joins `count` values, given by their mean and sum of squares, to one channel. */
function joinInto(mean: usize, square: usize, seen: f64, otherMean: f64, otherSquare: f64, count: f64): void {
  const old = load<f64>(mean);
  const delta = otherMean - old;
  const share = count / (seen + count);
  store<f64>(mean, old + delta * share);
  store<f64>(square, load<f64>(square) + otherSquare + delta * delta * share * seen);
}

export function runChannelMoments(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<MomentsArguments>(address);
  const channels = given.channels;
  const repeat = given.repeat;
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.rows - firstRow);
  const source = given.x + <usize>firstRow * channels * 4;
  const width = channels * repeat;
  const wideRows = rows / repeat;
  const means = scratch;
  const squares = scratch + <usize>width * 8;
  memory.fill(scratch, 0, <usize>width * 16);
  const stride = <usize>width * 4;
  for (let column = 0; column < width; column += 16) {
    const from = source + <usize>column * 4;
    const offset = <usize>column * 8;
    for (let row = 0; row < wideRows; row += blockRows) {
      joinBlock(
        from + <usize>row * stride,
        stride,
        min(blockRows, wideRows - row),
        row,
        means + offset,
        squares + offset,
      );
    }
  }
  const target = given.partials + <usize>chunk * channels * 16;
  const targetSquares = target + <usize>channels * 8;
  for (let channel = 0; channel < channels; channel++) {
    const mean = means + <usize>channel * 8;
    const square = squares + <usize>channel * 8;
    let seen = wideRows;
    if (wideRows > 0) {
      for (let group = 1; group < repeat; group++) {
        const other = <usize>(group * channels) * 8;
        joinInto(mean, square, seen, load<f64>(mean + other), load<f64>(square + other), wideRows);
        seen += wideRows;
      }
    }
    for (let row = wideRows * repeat; row < rows; row++) {
      const value = load<f32>(source + <usize>(row * channels + channel) * 4);
      joinInto(mean, square, seen, value, 0, 1);
      seen++;
    }
    store<f64>(target + <usize>channel * 8, load<f64>(mean));
    store<f64>(targetSquares + <usize>channel * 8, load<f64>(square));
  }
}

@unmanaged
class JoinArguments {
  /** float64 [parts, 2, channels] */
  partials: usize;
  /** float32 [2, channels]: mean, then biased variance. */
  moments: usize;
  rows: i32;
  channels: i32;
  rowsPerChunk: i32;
  parts: i32;
  channelsPerChunk: i32;
}

/** Joins the chunks of `runChannelMoments`, always in the same order. */
export function runJoinMoments(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<JoinArguments>(address);
  const channels = given.channels;
  const rows = given.rows;
  const rowsPerChunk = given.rowsPerChunk;
  const first = chunk * given.channelsPerChunk;
  const count = min(given.channelsPerChunk, channels - first);
  const squares = scratch + <usize>count * 8;
  memory.fill(scratch, 0, <usize>count * 16);
  const parts = given.parts;
  for (let part = 0; part < parts; part++) {
    const seen: f64 = part * rowsPerChunk;
    const added: f64 = min(rowsPerChunk, rows - part * rowsPerChunk);
    const source = given.partials + (<usize>part * 2 * channels + first) * 8;
    for (let channel = 0; channel < count; channel++) {
      const at = <usize>channel * 8;
      const square = load<f64>(source + <usize>channels * 8 + at);
      joinInto(scratch + at, squares + at, seen, load<f64>(source + at), square, added);
    }
  }
  const moments = given.moments + <usize>first * 4;
  for (let channel = 0; channel < count; channel++) {
    const at = <usize>channel * 8;
    const variance = max(0.0, load<f64>(squares + at) / <f64>rows);
    store<f32>(moments + <usize>channel * 4, <f32>load<f64>(scratch + at));
    store<f32>(moments + <usize>(channels + channel) * 4, <f32>variance);
  }
}

@unmanaged
class MergeArguments {
  /**
   * float32: the share of the new moments, and the factor for the squared distance of the two means in the
   * variance.
   */
  numbers: usize;
  /** Whether moments of a channel that are not finite leave its statistics as they are. */
  onlyFinite: i32;
}

/** One for each pair of statistics; they follow the arguments. */
@unmanaged
class MergePair {
  /** float32 [2, channels]: mean, then variance; changed in place. */
  target: usize;
  /** float32 [2, channels]: mean, then variance. */
  moments: usize;
  channels: i32;
  varianceFactor: f32;
}

function isFiniteAt(address: usize): bool {
  return (load<i32>(address) & 0x7f80_0000) !== 0x7f80_0000;
}

/** Moves statistics toward a batch's moments. A chunk is one pair. */
export function runMergeMoments(address: usize, chunk: i32): void {
  const numbers = changetype<MergeArguments>(address).numbers;
  const onlyFinite = changetype<MergeArguments>(address).onlyFinite !== 0;
  const entry = address + offsetof<MergeArguments>() + <usize>chunk * offsetof<MergePair>();
  const given = changetype<MergePair>(entry);
  const channels = given.channels;
  const share = load<f32>(numbers);
  const between = load<f32>(numbers + 4);
  const varianceFactor = given.varianceFactor;
  const variances = <usize>channels * 4;
  for (let channel = 0; channel < channels; channel++) {
    const kept = given.target + <usize>channel * 4;
    const seen = given.moments + <usize>channel * 4;
    if (onlyFinite && !(isFiniteAt(seen) && isFiniteAt(seen + variances))) continue;
    const delta = load<f32>(seen) - load<f32>(kept);
    const change = varianceFactor * load<f32>(seen + variances) - load<f32>(kept + variances);
    store<f32>(kept, load<f32>(kept) + share * delta);
    store<f32>(kept + variances, load<f32>(kept + variances) + share * change + between * delta * delta);
  }
}

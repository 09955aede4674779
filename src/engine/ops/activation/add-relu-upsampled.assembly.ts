/**
 * ReLU of a sum whose second operand is enlarged by 2, and its gradient. A chunk processes some rows of the
 * smaller image.
 */

@unmanaged
class UpsampledArguments {
  /** Forward: a. Backward: y. */
  first: usize;
  /** Forward: b. Backward: dy. */
  second: usize;
  /** Forward: y. Backward: da. */
  large: usize;
  /** Backward: db. */
  small: usize;
  /** Total number of rows of the smaller images in the batch. */
  smallRows: i32;
  smallColumns: i32;
  channels: i32;
  rowsPerChunk: i32;
}

export function runAddReluUpsampled(address: usize, chunk: i32): void {
  const given = changetype<UpsampledArguments>(address);
  const columns = given.smallColumns;
  const bytes = <usize>given.channels * 4;
  const below = <usize>columns * 2 * bytes;
  const zero = f32x4.splat(0);
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.smallRows - firstRow);
  let b = given.second + <usize>firstRow * columns * bytes;
  let a = given.first + <usize>firstRow * 2 * below;
  let y = given.large + <usize>firstRow * 2 * below;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let at: usize = 0;
      for (; at + 16 <= bytes; at += 16) {
        const right = at + bytes;
        const added = v128.load(b + at);
        v128.store(y + at, f32x4.pmax(f32x4.add(v128.load(a + at), added), zero));
        v128.store(y + right, f32x4.pmax(f32x4.add(v128.load(a + right), added), zero));
        const lower = at + below;
        const diagonal = lower + bytes;
        v128.store(y + lower, f32x4.pmax(f32x4.add(v128.load(a + lower), added), zero));
        v128.store(y + diagonal, f32x4.pmax(f32x4.add(v128.load(a + diagonal), added), zero));
      }
      for (; at < bytes; at += 4) {
        const added = load<f32>(b + at);
        for (let corner: usize = 0; corner < 4; corner++) {
          const to = at + (corner & 1) * bytes + (corner >> 1) * below;
          const sum = load<f32>(a + to) + added;
          store<f32>(y + to, sum < 0 ? 0 : sum);
        }
      }
      b += bytes;
      a += 2 * bytes;
      y += 2 * bytes;
    }
    a += below;
    y += below;
  }
}

/**
 * dy where y is positive; elsewhere 0 times dy, so that NaN is passed on. Four pixels are summed into one
 * pixel of the smaller image.
 */
export function runAddReluUpsampledGradient(address: usize, chunk: i32): void {
  const given = changetype<UpsampledArguments>(address);
  const columns = given.smallColumns;
  const bytes = <usize>given.channels * 4;
  const below = <usize>columns * 2 * bytes;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const firstRow = chunk * given.rowsPerChunk;
  const rows = min(given.rowsPerChunk, given.smallRows - firstRow);
  let db = given.small + <usize>firstRow * columns * bytes;
  const start = <usize>firstRow * 2 * below;
  let y = given.first + start;
  let dy = given.second + start;
  let da = given.large + start;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let at: usize = 0;
      for (; at + 16 <= bytes; at += 16) {
        const right = at + bytes;
        const lower = at + below;
        const diagonal = lower + bytes;
        const topLeft = f32x4.mul(v128.load(dy + at), v128.and(f32x4.gt(v128.load(y + at), zero), one));
        const topRight = f32x4.mul(
          v128.load(dy + right),
          v128.and(f32x4.gt(v128.load(y + right), zero), one),
        );
        const bottomLeft = f32x4.mul(
          v128.load(dy + lower),
          v128.and(f32x4.gt(v128.load(y + lower), zero), one),
        );
        const bottomRight = f32x4.mul(
          v128.load(dy + diagonal),
          v128.and(f32x4.gt(v128.load(y + diagonal), zero), one),
        );
        v128.store(da + at, topLeft);
        v128.store(da + right, topRight);
        v128.store(da + lower, bottomLeft);
        v128.store(da + diagonal, bottomRight);
        v128.store(db + at, f32x4.add(f32x4.add(topLeft, topRight), f32x4.add(bottomLeft, bottomRight)));
      }
      for (; at < bytes; at += 4) {
        let sum: f32 = 0;
        for (let corner: usize = 0; corner < 4; corner++) {
          const from = at + (corner & 1) * bytes + (corner >> 1) * below;
          const slope: f32 = load<f32>(dy + from) * (load<f32>(y + from) > 0 ? 1 : 0);
          store<f32>(da + from, slope);
          sum += slope;
        }
        store<f32>(db + at, sum);
      }
      db += bytes;
      y += 2 * bytes;
      dy += 2 * bytes;
      da += 2 * bytes;
    }
    y += below;
    dy += below;
    da += below;
  }
}

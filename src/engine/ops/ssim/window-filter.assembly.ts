/** The symmetric window along lines, eight float64 or sixteen float32 outputs at a time. Whole groups are written. */

/** Outputs of a group in float64; a target has room for a whole number of groups. */
export const groupOfDoubles: i32 = 8;
/** Likewise in float32. */
export const groupOfFloats: i32 = 16;

/** Bytes of a group, of either type. */
const groupBytes: usize = 64;

/**
 * Filters neighbouring values that lie `step` bytes apart.
 * @param taps float64
 * @param groups of outputs
 */
export function filterDoubles(
  source: usize,
  target: usize,
  taps: usize,
  window: i32,
  step: usize,
  groups: i32,
): void {
  const centre = window >> 1;
  const reach = <usize>centre * step;
  const middle = v128.load64_splat(taps + <usize>centre * 8);
  let from = source + reach;
  const end = target + <usize>groups * groupBytes;
  for (let to = target; to < end; to += groupBytes) {
    let sum0 = f64x2.mul(middle, v128.load(from));
    let sum1 = f64x2.mul(middle, v128.load(from, 16));
    let sum2 = f64x2.mul(middle, v128.load(from, 32));
    let sum3 = f64x2.mul(middle, v128.load(from, 48));
    let tap = taps;
    for (let distance = reach; distance > 0; distance -= step) {
      const factor = v128.load64_splat(tap);
      const low = from - distance;
      const high = from + distance;
      sum0 = f64x2.add(sum0, f64x2.mul(factor, f64x2.add(v128.load(low), v128.load(high))));
      sum1 = f64x2.add(sum1, f64x2.mul(factor, f64x2.add(v128.load(low, 16), v128.load(high, 16))));
      sum2 = f64x2.add(sum2, f64x2.mul(factor, f64x2.add(v128.load(low, 32), v128.load(high, 32))));
      sum3 = f64x2.add(sum3, f64x2.mul(factor, f64x2.add(v128.load(low, 48), v128.load(high, 48))));
      tap += 8;
    }
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
    from += groupBytes;
  }
}

/**
 * Filters over the rows of a ring of `window` rows, the first of which is `oldest`.
 * @param taps float64
 */
export function filterDoubleRing(
  ring: usize,
  oldest: i32,
  rowBytes: usize,
  target: usize,
  taps: usize,
  window: i32,
  groups: i32,
): void {
  const centre = window >> 1;
  const ringBytes = <usize>window * rowBytes;
  const first = <usize>oldest * rowBytes;
  const last = first === 0 ? ringBytes - rowBytes : first - rowBytes;
  const past = first + <usize>centre * rowBytes;
  const middleRow = past >= ringBytes ? past - ringBytes : past;
  const middle = v128.load64_splat(taps + <usize>centre * 8);
  const bytes = <usize>groups * groupBytes;
  for (let column: usize = 0; column < bytes; column += groupBytes) {
    const base = ring + column;
    const own = base + middleRow;
    let sum0 = f64x2.mul(middle, v128.load(own));
    let sum1 = f64x2.mul(middle, v128.load(own, 16));
    let sum2 = f64x2.mul(middle, v128.load(own, 32));
    let sum3 = f64x2.mul(middle, v128.load(own, 48));
    let tap = taps;
    let lowRow = first;
    let highRow = last;
    for (let left = centre; left > 0; left--) {
      const factor = v128.load64_splat(tap);
      const low = base + lowRow;
      const high = base + highRow;
      sum0 = f64x2.add(sum0, f64x2.mul(factor, f64x2.add(v128.load(low), v128.load(high))));
      sum1 = f64x2.add(sum1, f64x2.mul(factor, f64x2.add(v128.load(low, 16), v128.load(high, 16))));
      sum2 = f64x2.add(sum2, f64x2.mul(factor, f64x2.add(v128.load(low, 32), v128.load(high, 32))));
      sum3 = f64x2.add(sum3, f64x2.mul(factor, f64x2.add(v128.load(low, 48), v128.load(high, 48))));
      tap += 8;
      lowRow += rowBytes;
      if (lowRow === ringBytes) lowRow = 0;
      highRow = (highRow === 0 ? ringBytes : highRow) - rowBytes;
    }
    const to = target + column;
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
}

/** As `filterDoubles`, of float32 throughout. */
export function filterFloats(
  source: usize,
  target: usize,
  taps: usize,
  window: i32,
  step: usize,
  groups: i32,
): void {
  const centre = window >> 1;
  const reach = <usize>centre * step;
  const middle = v128.load32_splat(taps + <usize>centre * 4);
  let from = source + reach;
  const end = target + <usize>groups * groupBytes;
  for (let to = target; to < end; to += groupBytes) {
    let sum0 = f32x4.mul(middle, v128.load(from));
    let sum1 = f32x4.mul(middle, v128.load(from, 16));
    let sum2 = f32x4.mul(middle, v128.load(from, 32));
    let sum3 = f32x4.mul(middle, v128.load(from, 48));
    let tap = taps;
    for (let distance = reach; distance > 0; distance -= step) {
      const factor = v128.load32_splat(tap);
      const low = from - distance;
      const high = from + distance;
      sum0 = f32x4.add(sum0, f32x4.mul(factor, f32x4.add(v128.load(low), v128.load(high))));
      sum1 = f32x4.add(sum1, f32x4.mul(factor, f32x4.add(v128.load(low, 16), v128.load(high, 16))));
      sum2 = f32x4.add(sum2, f32x4.mul(factor, f32x4.add(v128.load(low, 32), v128.load(high, 32))));
      sum3 = f32x4.add(sum3, f32x4.mul(factor, f32x4.add(v128.load(low, 48), v128.load(high, 48))));
      tap += 4;
    }
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
    from += groupBytes;
  }
}

/** As `filterDoubleRing`, of float32 throughout. */
export function filterFloatRing(
  ring: usize,
  oldest: i32,
  rowBytes: usize,
  target: usize,
  taps: usize,
  window: i32,
  groups: i32,
): void {
  const centre = window >> 1;
  const ringBytes = <usize>window * rowBytes;
  const first = <usize>oldest * rowBytes;
  const last = first === 0 ? ringBytes - rowBytes : first - rowBytes;
  const past = first + <usize>centre * rowBytes;
  const middleRow = past >= ringBytes ? past - ringBytes : past;
  const middle = v128.load32_splat(taps + <usize>centre * 4);
  const bytes = <usize>groups * groupBytes;
  for (let column: usize = 0; column < bytes; column += groupBytes) {
    const base = ring + column;
    const own = base + middleRow;
    let sum0 = f32x4.mul(middle, v128.load(own));
    let sum1 = f32x4.mul(middle, v128.load(own, 16));
    let sum2 = f32x4.mul(middle, v128.load(own, 32));
    let sum3 = f32x4.mul(middle, v128.load(own, 48));
    let tap = taps;
    let lowRow = first;
    let highRow = last;
    for (let left = centre; left > 0; left--) {
      const factor = v128.load32_splat(tap);
      const low = base + lowRow;
      const high = base + highRow;
      sum0 = f32x4.add(sum0, f32x4.mul(factor, f32x4.add(v128.load(low), v128.load(high))));
      sum1 = f32x4.add(sum1, f32x4.mul(factor, f32x4.add(v128.load(low, 16), v128.load(high, 16))));
      sum2 = f32x4.add(sum2, f32x4.mul(factor, f32x4.add(v128.load(low, 32), v128.load(high, 32))));
      sum3 = f32x4.add(sum3, f32x4.mul(factor, f32x4.add(v128.load(low, 48), v128.load(high, 48))));
      tap += 4;
      lowRow += rowBytes;
      if (lowRow === ringBytes) lowRow = 0;
      highRow = (highRow === 0 ? ringBytes : highRow) - rowBytes;
    }
    const to = target + column;
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
}

/** The symmetric window along lines, eight float64 or sixteen float32 outputs at a time. Whole groups are written. */

/** Outputs of a group in float64; a target has room for a whole number of groups. */
export const groupOfDoubles: i32 = 8;
/** Likewise in float32. */
export const groupOfFloats: i32 = 16;

/** Bytes of a group, of either type. */
const groupBytes: usize = 64;

/**
 * Filters neighboring values of type T, f64 or f32, that lie `step` bytes apart.
 * @param taps likewise of type T
 * @param groups of outputs
 */
export function filterLine<T>(
  source: usize,
  target: usize,
  taps: usize,
  window: i32,
  step: usize,
  groups: i32,
): void {
  const center = window >> 1;
  const reach = <usize>center * step;
  const middle = v128.load_splat<T>(taps + <usize>center * sizeof<T>());
  let from = source + reach;
  const end = target + <usize>groups * groupBytes;
  for (let to = target; to < end; to += groupBytes) {
    let sum0 = v128.mul<T>(middle, v128.load(from));
    let sum1 = v128.mul<T>(middle, v128.load(from, 16));
    let sum2 = v128.mul<T>(middle, v128.load(from, 32));
    let sum3 = v128.mul<T>(middle, v128.load(from, 48));
    let tap = taps;
    for (let distance = reach; distance > 0; distance -= step) {
      const factor = v128.load_splat<T>(tap);
      const low = from - distance;
      const high = from + distance;
      sum0 = v128.add<T>(sum0, v128.mul<T>(factor, v128.add<T>(v128.load(low), v128.load(high))));
      sum1 = v128.add<T>(sum1, v128.mul<T>(factor, v128.add<T>(v128.load(low, 16), v128.load(high, 16))));
      sum2 = v128.add<T>(sum2, v128.mul<T>(factor, v128.add<T>(v128.load(low, 32), v128.load(high, 32))));
      sum3 = v128.add<T>(sum3, v128.mul<T>(factor, v128.add<T>(v128.load(low, 48), v128.load(high, 48))));
      tap += sizeof<T>();
    }
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
    from += groupBytes;
  }
}

/**
 * Filters values of type T, f64 or f32, over the rows of a ring of `window` rows, the first of which is `oldest`.
 * @param taps likewise of type T
 */
export function filterRing<T>(
  ring: usize,
  oldest: i32,
  rowBytes: usize,
  target: usize,
  taps: usize,
  window: i32,
  groups: i32,
): void {
  const center = window >> 1;
  const ringBytes = <usize>window * rowBytes;
  const first = <usize>oldest * rowBytes;
  const last = first === 0 ? ringBytes - rowBytes : first - rowBytes;
  const past = first + <usize>center * rowBytes;
  const middleRow = past >= ringBytes ? past - ringBytes : past;
  const middle = v128.load_splat<T>(taps + <usize>center * sizeof<T>());
  const bytes = <usize>groups * groupBytes;
  for (let column: usize = 0; column < bytes; column += groupBytes) {
    const base = ring + column;
    const own = base + middleRow;
    let sum0 = v128.mul<T>(middle, v128.load(own));
    let sum1 = v128.mul<T>(middle, v128.load(own, 16));
    let sum2 = v128.mul<T>(middle, v128.load(own, 32));
    let sum3 = v128.mul<T>(middle, v128.load(own, 48));
    let tap = taps;
    let lowRow = first;
    let highRow = last;
    for (let left = center; left > 0; left--) {
      const factor = v128.load_splat<T>(tap);
      const low = base + lowRow;
      const high = base + highRow;
      sum0 = v128.add<T>(sum0, v128.mul<T>(factor, v128.add<T>(v128.load(low), v128.load(high))));
      sum1 = v128.add<T>(sum1, v128.mul<T>(factor, v128.add<T>(v128.load(low, 16), v128.load(high, 16))));
      sum2 = v128.add<T>(sum2, v128.mul<T>(factor, v128.add<T>(v128.load(low, 32), v128.load(high, 32))));
      sum3 = v128.add<T>(sum3, v128.mul<T>(factor, v128.add<T>(v128.load(low, 48), v128.load(high, 48))));
      tap += sizeof<T>();
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

/** Adds the parts of a loss. */

@unmanaged
class PartArguments {
  /** float64, `stride` apart. */
  parts: usize;
  /** One float32. */
  result: usize;
  count: i32;
  /** In float64. */
  stride: i32;
  scale: f32;
}

/** Adds the parts, always in the same order, times `scale`, in one chunk. */
export function runPartSum(address: usize, _chunk: i32): void {
  const given = changetype<PartArguments>(address);
  const step = <usize>given.stride * 8;
  let sum: f64 = 0;
  let at = given.parts;
  for (let left = given.count; left > 0; left--) {
    sum += load<f64>(at);
    at += step;
  }
  store<f32>(given.result, <f32>(sum * <f64>given.scale));
}

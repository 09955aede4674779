/** Fills floats with one value. */

/** Number of floats per chunk. */
const chunkFloats: i32 = 16_384;

@unmanaged
class FillArguments {
  target: usize;
  value: f32;
  size: i32;
}

export function runFill(address: usize, chunk: i32): void {
  const given = changetype<FillArguments>(address);
  const value = given.value;
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, given.size);
  const target = given.target;
  const vectors = f32x4.splat(value);
  let index = first;
  for (; index + 4 <= last; index += 4) v128.store(target + ((<usize>index) << 2), vectors);
  for (; index < last; index++) store<f32>(target + ((<usize>index) << 2), value);
}

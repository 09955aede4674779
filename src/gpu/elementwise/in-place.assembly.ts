/** Copies, sums and products of flat arrays. */

/** Floats of a chunk. */
const chunkFloats: i32 = 16_384;

@unmanaged
class CopyArguments {
  target: usize;
  source: usize;
  size: i32;
}

export function runCopy(address: usize, chunk: i32): void {
  const given = changetype<CopyArguments>(address);
  const first = <usize>(chunk * chunkFloats) * 4;
  const bytes = <usize>min(chunkFloats, given.size - chunk * chunkFloats) * 4;
  memory.copy(given.target + first, given.source + first, bytes);
}

/** target += source */
export function runAccumulate(address: usize, chunk: i32): void {
  const given = changetype<CopyArguments>(address);
  const target = given.target;
  const source = given.source;
  const end = <usize>min((chunk + 1) * chunkFloats, given.size) * 4;
  let at = <usize>(chunk * chunkFloats) * 4;
  for (; at + 16 <= end; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
  }
  for (; at < end; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at));
}

@unmanaged
class ScaleArguments {
  target: usize;
  source: usize;
  /** Address of the factor, one float. */
  factor: usize;
  size: i32;
}

/** target = factor times source */
export function runScale(address: usize, chunk: i32): void {
  const given = changetype<ScaleArguments>(address);
  const target = given.target;
  const source = given.source;
  const factor = v128.load32_splat(given.factor);
  const end = <usize>min((chunk + 1) * chunkFloats, given.size) * 4;
  let at = <usize>(chunk * chunkFloats) * 4;
  for (; at + 16 <= end; at += 16) v128.store(target + at, f32x4.mul(v128.load(source + at), factor));
  const scalar = load<f32>(given.factor);
  for (; at < end; at += 4) store<f32>(target + at, load<f32>(source + at) * scalar);
}

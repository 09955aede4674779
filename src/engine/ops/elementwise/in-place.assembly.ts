/** Copies, sums and products of flat arrays. */

/** Floats per chunk. */
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

@unmanaged
class AccumulateArguments {
  pairs: i32;
  /** Floats of all pairs. */
  total: i32;
}

/** One per target, behind the arguments. */
@unmanaged
class AccumulatePair {
  target: usize;
  source: usize;
  /** Floats of all pairs before this one. */
  begin: i32;
  size: i32;
}

function addTo(target: usize, source: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
  }
  for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at));
}

/** Each target += its source. A chunk is a piece of the concatenation of all pairs. */
export function runAccumulate(address: usize, chunk: i32): void {
  const given = changetype<AccumulateArguments>(address);
  const first = chunk * chunkFloats;
  const last = min(first + chunkFloats, given.total);
  let entry = address + offsetof<AccumulateArguments>();
  for (let left = given.pairs; left > 0; left--) {
    const pair = changetype<AccumulatePair>(entry);
    const from = max(first, pair.begin);
    const to = min(last, pair.begin + pair.size);
    if (from < to) {
      const skipped = <usize>(from - pair.begin) * 4;
      addTo(pair.target + skipped, pair.source + skipped, <usize>(to - from) * 4);
    }
    entry += offsetof<AccumulatePair>();
  }
}

@unmanaged
class StoreArguments {
  target: usize;
  /** Address of a float32 whole number. */
  index: usize;
  /** Address of a float32. */
  value: usize;
  size: i32;
}

/** target[index] = value; an index outside of the target changes nothing. One chunk does it all. */
export function runStoreValue(address: usize, _chunk: i32): void {
  const given = changetype<StoreArguments>(address);
  const index = load<f32>(given.index);
  if (!(index >= 0 && index < <f32>given.size)) return;
  store<f32>(given.target + <usize>index * 4, load<f32>(given.value));
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

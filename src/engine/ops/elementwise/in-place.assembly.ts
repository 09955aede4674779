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

/** Followed by the addresses of the rows' values. */
@unmanaged
class StoreArguments {
  target: usize;
  /** Address of a float32 whole number. */
  column: usize;
  columns: i32;
  rows: i32;
}

/** target[row, column] = values[row]; a column outside of the target changes nothing. One chunk does it all. */
export function runStoreColumn(address: usize, _chunk: i32): void {
  const given = changetype<StoreArguments>(address);
  const column = load<f32>(given.column);
  if (!(column >= 0 && column < <f32>given.columns)) return;
  let target = given.target + <usize>column * 4;
  let entry = address + offsetof<StoreArguments>();
  for (let left = given.rows; left > 0; left--) {
    store<f32>(target, load<f32>(load<usize>(entry)));
    target += <usize>given.columns * 4;
    entry += sizeof<usize>();
  }
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

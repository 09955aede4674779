/** Adds tensors of the same size, in order. */

/** `filter-product.ts` writes the same order. */
@unmanaged
class SumArguments {
  /** [count, size] */
  partials: usize;
  result: usize;
  size: i32;
  count: i32;
  floatsPerChunk: i32;
}

export function runSumPartials(address: usize, chunk: i32): void {
  const given = changetype<SumArguments>(address);
  const size = given.size;
  const count = given.count;
  const partials = given.partials;
  const result = given.result;
  const partialBytes = (<usize>size) << 2;
  const last = min((chunk + 1) * given.floatsPerChunk, size);
  let index = chunk * given.floatsPerChunk;
  for (; index + 8 <= last; index += 8) {
    let from = partials + ((<usize>index) << 2);
    let low = v128.load(from);
    let high = v128.load(from, 16);
    for (let left = count - 1; left > 0; left--) {
      from += partialBytes;
      low = f32x4.add(low, v128.load(from));
      high = f32x4.add(high, v128.load(from, 16));
    }
    v128.store(result + ((<usize>index) << 2), low);
    v128.store(result + ((<usize>index) << 2), high, 16);
  }
  for (; index < last; index++) {
    let from = partials + ((<usize>index) << 2);
    let sum = load<f32>(from);
    for (let left = count - 1; left > 0; left--) {
      from += partialBytes;
      sum += load<f32>(from);
    }
    store<f32>(result + ((<usize>index) << 2), sum);
  }
}

/** Copies between two layouts of up to six axes: for slice, concatenate, transpose and tile. */

/** Number of elements per chunk. */
const chunkElements: i32 = 16_384;

/** Number of axes. Each has a size, a step in the source and a step in the target. */
const axes: i32 = 6;

@unmanaged
class CopyArguments {
  source: usize;
  target: usize;
  size: i32;
}

/**
 * Reads one word of the axes, which follow the arguments: sizes, source steps, target steps, each outermost
 * first.
 */
function wordAt(address: usize, list: i32, axis: i32): i32 {
  return load<i32>(address + offsetof<CopyArguments>() + <usize>(list * axes + axis) * 4);
}

export function runStridedCopy(address: usize, chunk: i32): void {
  const given = changetype<CopyArguments>(address);
  const inner = wordAt(address, 0, axes - 1);
  const sourceStep = <usize>wordAt(address, 1, axes - 1) * 4;
  const targetStep = <usize>wordAt(address, 2, axes - 1) * 4;
  const last = min((chunk + 1) * chunkElements, given.size);
  let at = chunk * chunkElements;
  while (at < last) {
    const column = at % inner;
    let rest = at / inner;
    let source = given.source + <usize>column * sourceStep;
    let target = given.target + <usize>column * targetStep;
    for (let axis = axes - 2; axis >= 0; axis--) {
      const size = wordAt(address, 0, axis);
      const index = rest % size;
      rest /= size;
      source += <usize>(index * wordAt(address, 1, axis)) * 4;
      target += <usize>(index * wordAt(address, 2, axis)) * 4;
    }
    const count = min(inner - column, last - at);
    if (sourceStep === 4 && targetStep === 4) memory.copy(target, source, <usize>count * 4);
    else {
      for (let left = count; left > 0; left--) {
        store<i32>(target, load<i32>(source));
        source += sourceStep;
        target += targetStep;
      }
    }
    at += count;
  }
}

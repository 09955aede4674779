/** Copies a rectangle of an image to one thread's memory, with zeros beyond the image. */

function clearFloats(first: usize, count: i32): void {
  let target = first;
  let left = count;
  for (; left >= 4; left -= 4) {
    v128.store(target, f32x4.splat(0));
    target += 16;
  }
  for (; left > 0; left--) {
    store<f32>(target, 0);
    target += 4;
  }
}

function copyFloats(first: usize, from: usize, count: i32): void {
  let target = first;
  let source = from;
  let left = count;
  for (; left >= 8; left -= 8) {
    v128.store(target, v128.load(source));
    v128.store(target, v128.load(source, 16), 16);
    target += 32;
    source += 32;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(source));
    target += 4;
    source += 4;
  }
}

/**
 * @param image the first float of an image, [rows, columns, channels]
 * @param firstRow of the patch, in the image; may be negative
 * @param firstColumn of the patch, in the image; may be negative
 */
export function copyPatch(
  patch: usize,
  image: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  firstRow: i32,
  firstColumn: i32,
  patchRows: i32,
  patchColumns: i32,
): void {
  let target = patch;
  const left = min(max(-firstColumn, 0), patchColumns);
  const end = max(min(columns - firstColumn, patchColumns), left);
  const leftFloats = left * channels;
  const middleFloats = (end - left) * channels;
  const rightFloats = (patchColumns - end) * channels;
  for (let row = firstRow; row < firstRow + patchRows; row++) {
    if (row < 0 || row >= rows) {
      clearFloats(target, patchColumns * channels);
    } else {
      const source = image + ((<usize>((row * columns + firstColumn + left) * channels)) << 2);
      clearFloats(target, leftFloats);
      copyFloats(target + ((<usize>leftFloats) << 2), source, middleFloats);
      clearFloats(target + ((<usize>(leftFloats + middleFloats)) << 2), rightFloats);
    }
    target += (<usize>(patchColumns * channels)) << 2;
  }
}

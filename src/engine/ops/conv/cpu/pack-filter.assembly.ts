/**
 * Packs a filter for `gather-product.assembly.ts`: eight columns (or the last four) at a time, row after row,
 * with zeros in missing columns. It can also reorder or sum taps, and exchange input and output channels.
 * With other strides, the target is a plain filter.
 */

/** `pack-filter.ts` writes the same order. */
@unmanaged
class PackArguments {
  /** [taps, first, second] */
  filter: usize;
  target: usize;
  first: i32;
  second: i32;
  /** 1 if the target's rows are the second channels. */
  transposed: i32;
  rowsPerChunk: i32;
  rowBlocks: i32;
  /**
   * Row distance in the target, and in its last panel, where it is smaller if at most four columns remain.
   */
  rowBytes: usize;
  lastRowBytes: usize;
  /** 1 if the target has space for missing columns, which is filled with zeros. */
  padded: i32;
}

/** One tap of the target: the sum of one to nine taps of the filter. */
@unmanaged
class PackedTap {
  /** Index of the tap's first row within its phase. */
  firstRow: i32;
  /** Offset of the phase's panels. */
  phaseOffset: usize;
  panelBytes: usize;
  taps: i32;
  tap0: i32;
  tap1: i32;
  tap2: i32;
  tap3: i32;
  tap4: i32;
  tap5: i32;
  tap6: i32;
  tap7: i32;
  tap8: i32;
}

/**
 * Sums one float of each listed tap.
 * @param source the float of tap 0
 * @param list numbers of the taps
 */
function sumOne(source: usize, tapBytes: usize, list: usize, taps: i32): f32 {
  let sum = load<f32>(source + <usize>load<i32>(list) * tapBytes);
  for (let index = 1; index < taps; index++) {
    sum += load<f32>(source + <usize>load<i32>(list + ((<usize>index) << 2)) * tapBytes);
  }
  return sum;
}

function sumFour(source: usize, tapBytes: usize, list: usize, taps: i32): v128 {
  let sum = v128.load(source + <usize>load<i32>(list) * tapBytes);
  for (let index = 1; index < taps; index++) {
    const tap = <usize>load<i32>(list + ((<usize>index) << 2));
    sum = f32x4.add(sum, v128.load(source + tap * tapBytes));
  }
  return sum;
}

export function runPackFilter(address: usize, chunk: i32): void {
  const given = changetype<PackArguments>(address);
  const tap = changetype<PackedTap>(
    address + offsetof<PackArguments>() + <usize>(chunk / given.rowBlocks) * offsetof<PackedTap>(),
  );
  const first = given.first;
  const second = given.second;
  const transposed = given.transposed !== 0;
  const rows = transposed ? second : first;
  const columns = transposed ? first : second;
  const firstRow = (chunk % given.rowBlocks) * given.rowsPerChunk;
  const lastRow = min(firstRow + given.rowsPerChunk, rows);
  const tapBytes = (<usize>(first * second)) << 2;
  const filter = given.filter;
  const taps = tap.taps;
  const wideRowBytes = given.rowBytes;
  const lastRowBytes = given.lastRowBytes;
  const padded = given.padded !== 0;
  const list = changetype<usize>(tap) + offsetof<PackedTap>('tap0');
  const panelBytes = tap.panelBytes;
  const tapRow = tap.firstRow;
  const target = given.target + tap.phaseOffset;
  /** Distances in the filter that correspond to one row, and to one column, of the target. */
  const rowStep: usize = transposed ? 4 : (<usize>second) << 2;
  const columnStep: usize = transposed ? (<usize>second) << 2 : 4;

  for (let column = 0; column < columns; column += 4) {
    const panel = column >> 3;
    const rowBytes = columns - (panel << 3) > 4 ? wideRowBytes : lastRowBytes;
    const panelTarget = target + <usize>panel * panelBytes + ((<usize>(column & 4)) << 2);
    const whole = columns - column >= 4;
    const lanes = padded ? 4 : min(columns - column, 4);
    let row = firstRow;
    if (whole && transposed) {
      for (; row + 4 <= lastRow; row += 4) {
        const at = <usize>row * rowStep + <usize>column * columnStep;
        const v0 = sumFour(filter + at, tapBytes, list, taps);
        const v1 = sumFour(filter + at + columnStep, tapBytes, list, taps);
        const v2 = sumFour(filter + at + 2 * columnStep, tapBytes, list, taps);
        const v3 = sumFour(filter + at + 3 * columnStep, tapBytes, list, taps);
        const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
        const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
        const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
        const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
        const to = panelTarget + <usize>(tapRow + row) * rowBytes;
        v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
        v128.store(to + rowBytes, v128.shuffle<f64>(low01, low23, 1, 3));
        v128.store(to + 2 * rowBytes, v128.shuffle<f64>(high01, high23, 0, 2));
        v128.store(to + 3 * rowBytes, v128.shuffle<f64>(high01, high23, 1, 3));
      }
    } else if (whole) {
      for (; row < lastRow; row++) {
        const at = <usize>row * rowStep + <usize>column * columnStep;
        v128.store(
          panelTarget + <usize>(tapRow + row) * rowBytes,
          sumFour(filter + at, tapBytes, list, taps),
        );
      }
    }
    for (; row < lastRow; row++) {
      const to = panelTarget + <usize>(tapRow + row) * rowBytes;
      for (let lane = 0; lane < lanes; lane++) {
        const at = <usize>row * rowStep + <usize>(column + lane) * columnStep;
        const value: f32 = column + lane < columns ? sumOne(filter + at, tapBytes, list, taps) : 0;
        store<f32>(to + ((<usize>lane) << 2), value);
      }
    }
  }
}

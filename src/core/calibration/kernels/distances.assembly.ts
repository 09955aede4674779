/** Cholesky factors and distances for groups of 8 pixels: a row of 64 bytes per component or entry. */

const rowBytes: usize = 64;
/** Groups per chunk; must equal the number in `residual-distances.ts`. */
const groupsAtOnce: usize = 128;

/** Replaces a matrix, as its lower triangle, by its factor with reciprocals on the diagonal, for two pixels at once. */
function factorizePair(matrix: usize, size: usize): void {
  const one = f64x2.splat(1);
  for (let i: usize = 0; i < size; i++) {
    const row = matrix + ((i * (i + 1)) >> 1) * rowBytes;
    for (let j: usize = 0; j <= i; j++) {
      const column = matrix + ((j * (j + 1)) >> 1) * rowBytes;
      const at = row + j * rowBytes;
      let value = v128.load(at);
      const end = j * rowBytes;
      for (let k: usize = 0; k < end; k += rowBytes) {
        value = f64x2.sub(value, f64x2.mul(v128.load(row + k), v128.load(column + k)));
      }
      v128.store(at, j < i ? f64x2.mul(value, v128.load(column + end)) : f64x2.div(one, f64x2.sqrt(value)));
    }
  }
}

/**
 * Factorizes matrices in place.
 * @param values groups of `skipped` rows, which stay unchanged, and the rows of a lower triangle
 */
export function factorize(values: usize, groups: usize, components: usize): void {
  const groupBytes = (components + ((components * (components + 1)) >> 1)) * rowBytes;
  for (let group: usize = 0; group < groups; group++) {
    const matrix = values + group * groupBytes + components * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) factorizePair(matrix + at, components);
  }
}

/** Addresses in bytes, in the order of `residual-distances.ts`. */
@unmanaged
class Distances {
  /** Groups of d rows of means and d (d + 1) / 2 of factors. */
  calibration: usize;
  groups: usize;
  /** d. */
  components: usize;
  /** Planes [pixels], d per image. */
  planes: usize;
  planeBytes: usize;
  images: usize;
  /** Maps [pixels], one per image. */
  maps: usize;
}

/** Squared distances of 8 pixels, by forward substitution. */
function writeGroup(
  means: usize,
  components: usize,
  planes: usize,
  planeBytes: usize,
  map: usize,
  solved: usize,
): void {
  let factor = means + components * rowBytes;
  let mean = means;
  let plane = planes;
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const end = solved + components * rowBytes;
  for (let to = solved; to < end; to += rowBytes) {
    let value0 = f64x2.sub(v128.load(plane), v128.load(mean));
    let value1 = f64x2.sub(v128.load(plane, 16), v128.load(mean, 16));
    let value2 = f64x2.sub(v128.load(plane, 32), v128.load(mean, 32));
    let value3 = f64x2.sub(v128.load(plane, 48), v128.load(mean, 48));
    for (let other = solved; other < to; other += rowBytes) {
      value0 = f64x2.sub(value0, f64x2.mul(v128.load(factor), v128.load(other)));
      value1 = f64x2.sub(value1, f64x2.mul(v128.load(factor, 16), v128.load(other, 16)));
      value2 = f64x2.sub(value2, f64x2.mul(v128.load(factor, 32), v128.load(other, 32)));
      value3 = f64x2.sub(value3, f64x2.mul(v128.load(factor, 48), v128.load(other, 48)));
      factor += rowBytes;
    }
    value0 = f64x2.mul(value0, v128.load(factor));
    value1 = f64x2.mul(value1, v128.load(factor, 16));
    value2 = f64x2.mul(value2, v128.load(factor, 32));
    value3 = f64x2.mul(value3, v128.load(factor, 48));
    v128.store(to, value0);
    v128.store(to, value1, 16);
    v128.store(to, value2, 32);
    v128.store(to, value3, 48);
    sum0 = f64x2.add(sum0, f64x2.mul(value0, value0));
    sum1 = f64x2.add(sum1, f64x2.mul(value1, value1));
    sum2 = f64x2.add(sum2, f64x2.mul(value2, value2));
    sum3 = f64x2.add(sum3, f64x2.mul(value3, value3));
    factor += rowBytes;
    mean += rowBytes;
    plane += planeBytes;
  }
  v128.store(map, sum0);
  v128.store(map, sum1, 16);
  v128.store(map, sum2, 32);
  v128.store(map, sum3, 48);
}

/** Writes one chunk of groups of all maps; the calibration of a group is read once for all images. */
export function measureChunk(address: usize, chunk: i32, scratch: usize): void {
  const distances = changetype<Distances>(address);
  const components = distances.components;
  const images = distances.images;
  const planeBytes = distances.planeBytes;
  const groupBytes = (components + ((components * (components + 1)) >> 1)) * rowBytes;
  const first = <usize>chunk * groupsAtOnce;
  const last = min(first + groupsAtOnce, distances.groups);
  for (let group = first; group < last; group++) {
    const calibration = distances.calibration + group * groupBytes;
    let planes = distances.planes + group * rowBytes;
    let map = distances.maps + group * rowBytes;
    for (let image: usize = 0; image < images; image++) {
      writeGroup(calibration, components, planes, planeBytes, map, scratch);
      planes += components * planeBytes;
      map += planeBytes;
    }
  }
}

/**
 * Adds residuals to means and sums of products at each pixel, several images at once (Chan, Golub and LeVeque 1979). For B
 * images x, with m the mean of the n previous images, e = x - m, and S the sum of e: C += sum e e^T - S S^T / (n + B) and
 * m += S / (n + B). For the first images, m is the first of them.
 *
 * Values are in groups of 8 pixels, a row of 64 bytes per component or product: a group is read from end to end.
 */

const rowBytes: usize = 64;
/**
 * Groups per chunk. They are gathered before they are multiplied, and are neighbors in memory, so planes are read in order.
 * Must equal the number in `statistics-learner.ts`. (B + 2) d rows of each fit a thread's scratch memory.
 */
const groupsAtOnce: usize = 32;

/** Addresses in bytes, in the order of `statistics-learner.ts`. */
@unmanaged
class Update {
  /** Groups of d rows of means and d (d + 1) / 2 of sums of products, in lower-triangle order. */
  sums: usize;
  groups: usize;
  /** d, a multiple of 3. */
  components: usize;
  /** Planes [pixels], d per image. */
  planes: usize;
  planeBytes: usize;
  /** B and n. */
  images: usize;
  before: usize;
}

/** Computes the differences of one component of one group, and updates the means. */
function takeDifferences(
  mean: usize,
  plane: usize,
  imageBytes: usize,
  images: usize,
  before: usize,
  to: usize,
  step: usize,
): void {
  const all = f64x2.splat(<f64>(before + images));
  for (let at: usize = 0; at < rowBytes; at += 16) {
    let from = plane + at;
    let target = to + at;
    const middle = before === 0 ? v128.load(from) : v128.load(mean + at);
    let sum = f64x2.splat(0);
    for (let image: usize = 0; image < images; image++) {
      const difference = f64x2.sub(v128.load(from), middle);
      v128.store(target, difference);
      sum = f64x2.add(sum, difference);
      from += imageBytes;
      target += step;
    }
    const share = f64x2.div(sum, all);
    v128.store(target, sum);
    v128.store(target + step, share);
    v128.store(mean + at, f64x2.add(middle, share));
  }
}

/** Adds products of components i, i + 1, i + 2 with j, j + 1, j + 2 for two pixels; j + 2 < i. */
function addSquare(
  first: usize,
  second: usize,
  third: usize,
  i: usize,
  j: usize,
  images: usize,
  step: usize,
): void {
  let ends = images * step;
  let u = v128.load(i + ends);
  let v = v128.load(i + ends, 64);
  let w = v128.load(i + ends, 128);
  ends += step;
  let x = f64x2.neg(v128.load(j + ends));
  let y = f64x2.neg(v128.load(j + ends, 64));
  let z = f64x2.neg(v128.load(j + ends, 128));
  let ux = f64x2.mul(u, x);
  let uy = f64x2.mul(u, y);
  let uz = f64x2.mul(u, z);
  let vx = f64x2.mul(v, x);
  let vy = f64x2.mul(v, y);
  let vz = f64x2.mul(v, z);
  let wx = f64x2.mul(w, x);
  let wy = f64x2.mul(w, y);
  let wz = f64x2.mul(w, z);
  const shift = j - i;
  const end = i + images * step;
  for (let at = i; at < end; at += step) {
    x = v128.load(at + shift);
    y = v128.load(at + shift, 64);
    z = v128.load(at + shift, 128);
    u = v128.load(at);
    ux = f64x2.add(ux, f64x2.mul(u, x));
    uy = f64x2.add(uy, f64x2.mul(u, y));
    uz = f64x2.add(uz, f64x2.mul(u, z));
    v = v128.load(at, 64);
    vx = f64x2.add(vx, f64x2.mul(v, x));
    vy = f64x2.add(vy, f64x2.mul(v, y));
    vz = f64x2.add(vz, f64x2.mul(v, z));
    w = v128.load(at, 128);
    wx = f64x2.add(wx, f64x2.mul(w, x));
    wy = f64x2.add(wy, f64x2.mul(w, y));
    wz = f64x2.add(wz, f64x2.mul(w, z));
  }
  v128.store(first, f64x2.add(v128.load(first), ux));
  v128.store(first, f64x2.add(v128.load(first, 64), uy), 64);
  v128.store(first, f64x2.add(v128.load(first, 128), uz), 128);
  v128.store(second, f64x2.add(v128.load(second), vx));
  v128.store(second, f64x2.add(v128.load(second, 64), vy), 64);
  v128.store(second, f64x2.add(v128.load(second, 128), vz), 128);
  v128.store(third, f64x2.add(v128.load(third), wx));
  v128.store(third, f64x2.add(v128.load(third, 64), wy), 64);
  v128.store(third, f64x2.add(v128.load(third, 128), wz), 128);
}

/** Adds products of components i, i + 1, i + 2 with each other. */
function addTriangle(first: usize, second: usize, third: usize, i: usize, images: usize, step: usize): void {
  const ends = i + images * step;
  let u = v128.load(ends);
  let v = v128.load(ends, 64);
  let w = v128.load(ends, 128);
  const x = f64x2.neg(v128.load(ends + step));
  const y = f64x2.neg(v128.load(ends + step, 64));
  let ux = f64x2.mul(u, x);
  let vx = f64x2.mul(v, x);
  let vy = f64x2.mul(v, y);
  let wx = f64x2.mul(w, x);
  let wy = f64x2.mul(w, y);
  let wz = f64x2.mul(w, f64x2.neg(v128.load(ends + step, 128)));
  for (let at = i; at < ends; at += step) {
    u = v128.load(at);
    v = v128.load(at, 64);
    w = v128.load(at, 128);
    ux = f64x2.add(ux, f64x2.mul(u, u));
    vx = f64x2.add(vx, f64x2.mul(v, u));
    vy = f64x2.add(vy, f64x2.mul(v, v));
    wx = f64x2.add(wx, f64x2.mul(w, u));
    wy = f64x2.add(wy, f64x2.mul(w, v));
    wz = f64x2.add(wz, f64x2.mul(w, w));
  }
  v128.store(first, f64x2.add(v128.load(first), ux));
  v128.store(second, f64x2.add(v128.load(second), vx));
  v128.store(second, f64x2.add(v128.load(second, 64), vy), 64);
  v128.store(third, f64x2.add(v128.load(third), wx));
  v128.store(third, f64x2.add(v128.load(third, 64), wy), 64);
  v128.store(third, f64x2.add(v128.load(third, 128), wz), 128);
}

/** Adds the products of one group. */
function addProducts(products: usize, differences: usize, components: usize, images: usize): void {
  const step = components * rowBytes;
  for (let i: usize = 0; i < components; i += 3) {
    const row = products + ((i * (i + 1)) >> 1) * rowBytes;
    for (let j: usize = 0; j <= i; j += 3) {
      const first = row + j * rowBytes;
      const second = first + (i + 1) * rowBytes;
      const third = second + (i + 2) * rowBytes;
      for (let at: usize = 0; at < rowBytes; at += 16) {
        const one = differences + i * rowBytes + at;
        if (i === j) addTriangle(first + at, second + at, third + at, one, images, step);
        else {
          const other = differences + j * rowBytes + at;
          addSquare(first + at, second + at, third + at, one, other, images, step);
        }
      }
    }
  }
}

/** Adds the images to one chunk of groups. */
export function updateChunk(address: usize, chunk: i32, scratch: usize): void {
  const update = changetype<Update>(address);
  const components = update.components;
  const images = update.images;
  const before = update.before;
  const planes = update.planes;
  const planeBytes = update.planeBytes;
  const group = <usize>chunk * groupsAtOnce;
  const count = min(groupsAtOnce, update.groups - group);
  const groupBytes = (components + ((components * (components + 1)) >> 1)) * rowBytes;
  const step = components * rowBytes;
  const scratchBytes = (images + 2) * step;
  const sums = update.sums + group * groupBytes;
  for (let i: usize = 0; i < components; i++) {
    for (let one: usize = 0; one < count; one++) {
      takeDifferences(
        sums + one * groupBytes + i * rowBytes,
        planes + i * planeBytes + (group + one) * rowBytes,
        planeBytes * components,
        images,
        before,
        scratch + one * scratchBytes + i * rowBytes,
        step,
      );
    }
  }
  for (let one: usize = 0; one < count; one++) {
    addProducts(sums + one * groupBytes + step, scratch + one * scratchBytes, components, images);
  }
}

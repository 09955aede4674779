/**
 * The focal frequency loss along the rows of the spectrum that `image-columns.assembly.ts` makes: first the forward transform
 * and the largest |D| of each plane, then the weight and the inverse transform.
 */
import { mostPoints, pointBytes, transformLines } from '../fft/cpu/line-transform.assembly.ts';
import { storeSwapped } from '../fft/cpu/spectrum-rows.assembly.ts';

@unmanaged
class FocalArguments {
  spectrum: usize;
  /** Of length `columns`. */
  twiddles: usize;
  /** float32 [images, rows / 8 + 1, channels]: the largest |D| of four rows. */
  largest: usize;
  /** float64 [chunks]: sum of |D|^2 by its weight. */
  parts: usize;
  rows: i32;
  columns: i32;
  channels: i32;
  groupBytes: i32;
  groupsPerChunk: i32;
  chunksPerImage: i32;
  alpha: f32;
}

function squares(at: usize): v128 {
  const real = v128.load(at);
  const imaginary = v128.load(at, 16);
  return f32x4.add(f32x4.mul(real, real), f32x4.mul(imaginary, imaginary));
}

export function runFocalForward(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<FocalArguments>(address);
  const columns = given.columns;
  const channels = given.channels;
  const groups = (given.rows >> 3) + 1;
  const image = chunk / given.chunksPerImage;
  const first = (chunk % given.chunksPerImage) * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, groups);
  const stride = <usize>channels * pointBytes;
  const other = scratch + mostPoints * pointBytes;
  for (let group = first; group < last; group++) {
    const row = given.spectrum + <usize>(image * groups + group) * given.groupBytes;
    for (let channel = 0; channel < channels; channel++) {
      const place = row + <usize>channel * pointBytes;
      const lines = transformLines(place, stride, scratch, other, columns, given.twiddles);
      let most = f32x4.splat(0);
      let to = place;
      const end = lines + <usize>columns * pointBytes;
      for (let at = lines; at < end; at += pointBytes) {
        most = f32x4.max(most, squares(at));
        v128.store(to, v128.load(at));
        v128.store(to, v128.load(at, 16), 16);
        to += stride;
      }
      const pairs = f32x4.max(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1));
      const all = f32x4.max(pairs, v128.shuffle<i32>(pairs, pairs, 1, 0, 3, 2));
      const largest = given.largest + <usize>((image * groups + group) * channels + channel) * 4;
      store<f32>(largest, sqrt<f32>(f32x4.extract_lane(all, 0)));
    }
  }
}

/** values^alpha, for values from 0 to 1. */
function powers(values: v128, alpha: f32): v128 {
  if (alpha === 1) return values;
  if (alpha === 0) return f32x4.splat(1);
  if (alpha === 2) return f32x4.mul(values, values);
  if (alpha === 3) return f32x4.mul(f32x4.mul(values, values), values);
  if (alpha === 4) return f32x4.mul(f32x4.mul(values, values), f32x4.mul(values, values));
  let result = f32x4.splat(Mathf.pow(f32x4.extract_lane(values, 0), alpha));
  result = f32x4.replace_lane(result, 1, Mathf.pow(f32x4.extract_lane(values, 1), alpha));
  result = f32x4.replace_lane(result, 2, Mathf.pow(f32x4.extract_lane(values, 2), alpha));
  return f32x4.replace_lane(result, 3, Mathf.pow(f32x4.extract_lane(values, 3), alpha));
}

export function runFocalBack(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<FocalArguments>(address);
  const columns = given.columns;
  const channels = given.channels;
  const groups = (given.rows >> 3) + 1;
  const image = chunk / given.chunksPerImage;
  const first = (chunk % given.chunksPerImage) * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, groups);
  const stride = <usize>channels * pointBytes;
  const other = scratch + mostPoints * pointBytes;
  const alpha = given.alpha;
  let sum: f64 = 0;
  for (let channel = 0; channel < channels; channel++) {
    let largest: f32 = 0;
    for (let group = 0; group < groups; group++) {
      const index = <usize>((image * groups + group) * channels + channel) * 4;
      largest = max<f32>(largest, load<f32>(given.largest + index));
    }
    // Equal images have no maximum to divide by.
    const normal = f32x4.splat(largest === 0 ? 0 : 1 / largest);
    for (let group = first; group < last; group++) {
      const place =
        given.spectrum + <usize>(image * groups + group) * given.groupBytes + <usize>channel * pointBytes;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      let from = place;
      const end = scratch + <usize>columns * pointBytes;
      for (let to = scratch; to < end; to += pointBytes) {
        const square = squares(from);
        const weight = powers(f32x4.mul(f32x4.sqrt(square), normal), alpha);
        v128.store(to, f32x4.mul(v128.load(from, 16), weight));
        v128.store(to, f32x4.mul(v128.load(from), weight), 16);
        const term = f32x4.mul(square, weight);
        low = f64x2.add(low, f64x2.promote_low_f32x4(term));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(term, term, 2, 3, 2, 3)));
        from += stride;
      }
      // Rows between 0 and M/2 represent two each; the last group holds row M/2 alone.
      const own = f64x2.extract_lane(low, 0);
      if (group === groups - 1) sum += own;
      else {
        const others =
          f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
        sum += (group === 0 ? 1 : 2) * own + 2 * others;
      }
      const lines = transformLines(scratch, pointBytes, other, scratch, columns, given.twiddles);
      storeSwapped(lines, place, stride, columns);
    }
  }
  store<f64>(given.parts + <usize>chunk * 8, sum);
}

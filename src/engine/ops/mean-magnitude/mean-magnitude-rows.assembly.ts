/** The mean of |F| over images and channels, along the rows of the spectrum that `image-columns.assembly.ts` makes. */
import { mostPoints, pointBytes, transformLines } from '../fft/cpu/line-transform.assembly.ts';

@unmanaged
class MeanArguments {
  spectrum: usize;
  /** float32 [rows, columns] */
  mean: usize;
  /** Of length `columns`. */
  twiddles: usize;
  images: i32;
  rows: i32;
  columns: i32;
  channels: i32;
  groupBytes: i32;
  scale: f32;
}

/** A chunk is one group of four rows, over all images. */
export function runMeanMagnitudeRows(address: usize, group: i32, scratch: usize): void {
  const given = changetype<MeanArguments>(address);
  const rows = given.rows;
  const columns = given.columns;
  const channels = given.channels;
  const images = given.images;
  const groups = (rows >> 3) + 1;
  const stride = <usize>channels * pointBytes;
  const other = scratch + mostPoints * pointBytes;
  const sums = other + mostPoints * pointBytes;
  memory.fill(sums, 0, <usize>columns * 16);
  for (let image = 0; image < images; image++) {
    const row = given.spectrum + <usize>(image * groups + group) * given.groupBytes;
    for (let channel = 0; channel < channels; channel++) {
      const place = row + <usize>channel * pointBytes;
      const lines = transformLines(place, stride, scratch, other, columns, given.twiddles);
      for (let v: usize = 0; v < <usize>columns; v++) {
        const real = v128.load(lines + v * pointBytes);
        const imaginary = v128.load(lines + v * pointBytes, 16);
        const square = f32x4.add(f32x4.mul(real, real), f32x4.mul(imaginary, imaginary));
        const sum = sums + v * 16;
        v128.store(sum, f32x4.add(v128.load(sum), f32x4.sqrt(square)));
      }
    }
  }
  for (let lane = 0; lane < 4; lane++) {
    const u = 4 * group + lane;
    if (u > rows >> 1) break;
    for (let v = 0; v < columns; v++) {
      const mean = load<f32>(sums + <usize>(4 * v + lane) * 4) * given.scale;
      store<f32>(given.mean + <usize>(u * columns + v) * 4, mean);
      if (u > 0 && u < rows >> 1) {
        const mirror = (rows - u) * columns + ((columns - v) & (columns - 1));
        store<f32>(given.mean + <usize>mirror * 4, mean);
      }
    }
  }
}

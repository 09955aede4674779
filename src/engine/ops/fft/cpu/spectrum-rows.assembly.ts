/**
 * The transforms along the rows of the spectrum that `image-columns.assembly.ts` makes, four rows at once, to and from
 * the half spectra of tensors: pairs of real and imaginary part, [images, M, N/2 + 1, channels, 2].
 */
import { mostPoints, pointBytes, transformLines } from './line-transform.assembly.ts';

@unmanaged
class RowArguments {
  spectrum: usize;
  /** Pairs. */
  pairs: usize;
  /** Of length `columns`. */
  twiddles: usize;
  rows: i32;
  columns: i32;
  channels: i32;
  groupBytes: i32;
  groupsPerChunk: i32;
  chunksPerImage: i32;
  /** Factor of columns 0 and N/2. */
  edge: f32;
  /** Factor of the columns between. */
  interior: f32;
}

/** Writes the four rows of one channel and group to the pairs, and their mirror rows. */
function storePairs(
  lines: usize,
  pairs: usize,
  group: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  edge: f32,
  interior: f32,
): void {
  const last = columns >> 1;
  const pixel = <usize>channels * 8;
  const rowBytes = <usize>(last + 1) * pixel;
  for (let lane = 0; lane < 4; lane++) {
    const u = 4 * group + lane;
    if (u > rows >> 1) break;
    const hasMirror = u > 0 && u < rows >> 1;
    for (let v = 0; v < columns; v++) {
      const point = lines + <usize>v * pointBytes + <usize>lane * 4;
      const real = load<f32>(point);
      const imaginary = load<f32>(point, 16);
      if (v <= last) {
        const scale = v === 0 || v === last ? edge : interior;
        const at = pairs + <usize>u * rowBytes + <usize>v * pixel;
        // Adding 0 turns -0 into 0.
        store<f32>(at, real * scale + 0);
        store<f32>(at, imaginary * scale + 0, 4);
      }
      const mirror = (columns - v) & (columns - 1);
      if (hasMirror && mirror <= last) {
        const scale = mirror === 0 || mirror === last ? edge : interior;
        const at = pairs + <usize>(rows - u) * rowBytes + <usize>mirror * pixel;
        store<f32>(at, real * scale + 0);
        store<f32>(at, 0 - imaginary * scale, 4);
      }
    }
  }
}

export function runSpectrumToPairs(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<RowArguments>(address);
  const rows = given.rows;
  const columns = given.columns;
  const channels = given.channels;
  const groups = (rows >> 3) + 1;
  const image = <usize>(chunk / given.chunksPerImage);
  const first = (chunk % given.chunksPerImage) * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, groups);
  const stride = <usize>channels * pointBytes;
  const imagePairs = <usize>rows * ((columns >> 1) + 1) * channels * 8;
  for (let group = first; group < last; group++) {
    const row = given.spectrum + (image * groups + group) * given.groupBytes;
    for (let channel = 0; channel < channels; channel++) {
      const lines = transformLines(
        row + <usize>channel * pointBytes,
        stride,
        scratch,
        scratch + mostPoints * pointBytes,
        columns,
        given.twiddles,
      );
      const pairs = given.pairs + image * imagePairs + <usize>channel * 8;
      storePairs(lines, pairs, group, channels, rows, columns, given.edge, given.interior);
    }
  }
}

/** Collects four rows of one channel from the pairs, real and imaginary parts exchanged. */
function loadPairs(
  lines: usize,
  pairs: usize,
  group: i32,
  channels: i32,
  rows: i32,
  columns: i32,
  edge: f32,
  interior: f32,
): void {
  const last = columns >> 1;
  const pixel = <usize>channels * 8;
  const rowBytes = <usize>(last + 1) * pixel;
  for (let lane = 0; lane < 4; lane++) {
    const u = min(4 * group + lane, rows >> 1);
    const own = pairs + <usize>u * rowBytes;
    const mirror = pairs + <usize>((rows - u) & (rows - 1)) * rowBytes;
    for (let v = 0; v <= last; v++) {
      const at = <usize>v * pixel;
      const point = lines + <usize>v * pointBytes + <usize>lane * 4;
      if (v === 0 || v === last) {
        // A real image has only the part that is its own mirror image.
        store<f32>(point, (load<f32>(own + at, 4) - load<f32>(mirror + at, 4)) * (0.5 * edge));
        store<f32>(point, (load<f32>(own + at) + load<f32>(mirror + at)) * (0.5 * edge), 16);
      } else {
        store<f32>(point, load<f32>(own + at, 4) * interior);
        store<f32>(point, load<f32>(own + at) * interior, 16);
        const opposite = lines + <usize>(columns - v) * pointBytes + <usize>lane * 4;
        store<f32>(opposite, -load<f32>(mirror + at, 4) * interior);
        store<f32>(opposite, load<f32>(mirror + at) * interior, 16);
      }
    }
  }
}

export function runPairsToSpectrum(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<RowArguments>(address);
  const rows = given.rows;
  const columns = given.columns;
  const channels = given.channels;
  const groups = (rows >> 3) + 1;
  const image = <usize>(chunk / given.chunksPerImage);
  const first = (chunk % given.chunksPerImage) * given.groupsPerChunk;
  const last = min(first + given.groupsPerChunk, groups);
  const stride = <usize>channels * pointBytes;
  const imagePairs = <usize>rows * ((columns >> 1) + 1) * channels * 8;
  for (let group = first; group < last; group++) {
    const row = given.spectrum + (image * groups + group) * given.groupBytes;
    for (let channel = 0; channel < channels; channel++) {
      const pairs = given.pairs + image * imagePairs + <usize>channel * 8;
      loadPairs(scratch, pairs, group, channels, rows, columns, given.edge, given.interior);
      const lines = transformLines(
        scratch,
        pointBytes,
        scratch + mostPoints * pointBytes,
        scratch,
        columns,
        given.twiddles,
      );
      storeSwapped(lines, row + <usize>channel * pointBytes, stride, columns);
    }
  }
}

/** Writes a transformed line back to the spectrum, real and imaginary parts exchanged. */
export function storeSwapped(lines: usize, target: usize, stride: usize, points: usize): void {
  const end = lines + points * pointBytes;
  let to = target;
  for (let from = lines; from < end; from += pointBytes) {
    v128.store(to, v128.load(from, 16));
    v128.store(to, v128.load(from), 16);
    to += stride;
  }
}

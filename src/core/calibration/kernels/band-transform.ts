/** The tables by which the kernels split planes into bands of radii. */
import { columnsInBand } from '../../scores/band.ts';
import { createRowTransform } from '../../spectrum/row-transform.ts';
import { type Addresses, spacedBytes } from './addresses.ts';
import type { CalibrationKernels, KernelMemory } from './kernel-memory.ts';

/** A closed interval of radii. */
export interface RadiusInterval {
  readonly low: number;
  readonly high: number;
}

/** Columns of each row of the spectrum, and how many columns hold something. */
interface Band {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly columns: number;
  readonly address: number;
  readonly ranges: number;
  readonly filled: number;
  readonly filledHalves: number;
}

const floatBytes = 8;
const wordsOfBand = 4;

/** Addresses of the transform and its bands; it says how planes are split, and the kernels do it. */
export class BandTransform {
  /** Of the kernels' `Transform`. */
  private readonly address: number;
  private readonly bands: readonly Band[];
  private readonly columns: number;
  private readonly places;
  private readonly rowOfFrequency: Uint32Array;

  /**
   * @param side at least 8: smaller ones hold a single band
   * @param intervals the bands that are wanted, all radii below side / 4
   * @throws RangeError where the side is no power of two
   */
  constructor(
    private readonly side: number,
    intervals: readonly RadiusInterval[],
    addresses: Addresses,
  ) {
    this.rowOfFrequency = createRowTransform(side).rowOfFrequency;
    this.bands = intervals.map(({ low, high }) => {
      const ranges = Array.from({ length: side }, (_, v) => columnsInBand(side, v, low, high));
      return {
        from: Uint32Array.from(ranges, ({ from }) => from),
        to: Uint32Array.from(ranges, ({ to }) => to),
        columns: ranges.reduce((most, { from, to }) => (to > from ? Math.max(most, to) : most), 1),
        address: addresses.take(4 * wordsOfBand),
        ranges: addresses.take(2 * 4 * side),
        filled: addresses.take(side),
        filledHalves: addresses.take(side),
      };
    });
    const widest = Math.max(...this.bands.map(({ columns }) => columns));
    this.columns = 2 * Math.ceil(widest / 2);
    const halvesBytes = spacedBytes((floatBytes * side) / 2);
    const spectrumBytes = spacedBytes(floatBytes * this.columns);
    this.address = addresses.take(4 * 12);
    this.places = {
      twiddles: addresses.take(2 * floatBytes * side),
      rows: addresses.take(4 * side),
      halvesReal: addresses.take(halvesBytes * side),
      halvesImaginary: addresses.take(halvesBytes * side),
      halvesBytes,
      spectrumReal: addresses.take(spectrumBytes * side),
      spectrumImaginary: addresses.take(spectrumBytes * side),
      bandReal: addresses.take(spectrumBytes * side),
      bandImaginary: addresses.take(spectrumBytes * side),
      spectrumBytes,
    };
  }

  /** Computes the spectrum of a plane, which is left as it is. */
  transform(kernels: CalibrationKernels, plane: number): void {
    kernels.transformPlane(this.address, plane);
  }

  /** Writes one band of the last spectrum as a plane. */
  writeBand(kernels: CalibrationKernels, band: number, plane: number): void {
    kernels.writeBand(this.address, this.bands[band].address, plane);
  }

  /** Puts the tables in place. */
  write(memory: KernelMemory): void {
    const { side, columns, places, rowOfFrequency } = this;
    const { twiddles, rows, ...spectra } = places;
    // In the order of `Transform` in `split-plane.assembly.ts`.
    memory.words(this.address, 12).set([side, columns, twiddles, rows, ...Object.values(spectra)]);
    memory.words(rows, side).set(rowOfFrequency);
    const table = memory.floats(twiddles, 2 * side);
    for (let turn = 0; turn < side; turn++) {
      const angle = (-2 * Math.PI * turn) / side;
      table[2 * turn] = Math.cos(angle);
      table[2 * turn + 1] = Math.sin(angle);
    }
    for (const band of this.bands) this.writeTables(memory, band);
  }

  private writeTables(memory: KernelMemory, band: Band): void {
    const { side, rowOfFrequency } = this;
    memory.words(band.address, wordsOfBand).set([band.columns, band.ranges, band.filled, band.filledHalves]);
    const ranges = memory.words(band.ranges, 2 * side);
    const filled = memory.bytesAt(band.filled, side);
    const filledHalves = memory.bytesAt(band.filledHalves, side);
    for (let frequency = 0; frequency < side; frequency++) {
      const row = rowOfFrequency[frequency];
      ranges.set([band.from[frequency], band.to[frequency]], 2 * row);
      filled[row] = band.to[frequency] > band.from[frequency] ? 1 : 0;
      filledHalves[row] = Math.min(frequency, side - frequency) < band.columns ? 1 : 0;
    }
  }
}

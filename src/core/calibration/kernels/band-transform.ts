/** The tables with which the kernels split planes into bands of radii. */
import { columnsInBand } from '../../scores/band.ts';
import { createRowTransform } from '../../spectrum/row-transform.ts';
import { type Addresses, spacedBytes } from './addresses.ts';
import { type KernelMemory, mostThreads } from './kernel-memory.ts';

/** A closed interval of radii. */
export interface RadiusInterval {
  readonly low: number;
  readonly high: number;
}

/** Nonzero columns of each row of the spectrum, and the number of such columns. */
interface Band {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly columns: number;
  readonly ranges: number;
  readonly filled: number;
  readonly filledHalves: number;
}

const floatBytes = 8;
const wordBytes = 4;
const wordsOfBand = 4;
const wordsOfTransform = 12;

/** Addresses of the transforms and their bands. It describes the split; the kernels perform it. */
export class BandTransform {
  /** The kernels' `Transform`, one per thread. */
  readonly transforms: number;
  /** The kernels' `Band`, one per band. */
  readonly bandTable: number;
  private readonly bands: readonly Band[];
  private readonly columns: number;
  private readonly twiddles: number;
  private readonly rows: number;
  /** Output of each thread's transform: the kernels' `Transform` from the halves on. */
  private readonly spectra: readonly (readonly number[])[];
  private readonly rowOfFrequency: Uint32Array;

  /**
   * @param side at least 8: smaller sides have a single band
   * @param intervals the requested bands, all radii below side / 4
   * @throws RangeError if the side is no power of two
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
        ranges: addresses.take(2 * wordBytes * side),
        filled: addresses.take(side),
        filledHalves: addresses.take(side),
      };
    });
    const widest = Math.max(...this.bands.map(({ columns }) => columns));
    this.columns = 2 * Math.ceil(widest / 2);
    this.transforms = addresses.take(wordBytes * wordsOfTransform * mostThreads);
    this.bandTable = addresses.take(wordBytes * wordsOfBand * intervals.length);
    this.twiddles = addresses.take(2 * floatBytes * side);
    this.rows = addresses.take(wordBytes * side);
    const halvesBytes = spacedBytes((floatBytes * side) / 2);
    const spectrumBytes = spacedBytes(floatBytes * this.columns);
    const halves = (): number => addresses.take(halvesBytes * side);
    const spectrum = (): number => addresses.take(spectrumBytes * side);
    this.spectra = Array.from({ length: mostThreads }, () => [
      halves(),
      halves(),
      halvesBytes,
      spectrum(),
      spectrum(),
      spectrum(),
      spectrum(),
      spectrumBytes,
    ]);
  }

  /** Writes the tables. */
  write(memory: KernelMemory): void {
    const { side, columns, twiddles, rows, rowOfFrequency } = this;
    // In the order of `Transform` in `split-plane.assembly.ts`.
    const words = this.spectra.flatMap((spectra) => [side, columns, twiddles, rows, ...spectra]);
    memory.words(this.transforms, words.length).set(words);
    memory.words(rows, side).set(rowOfFrequency);
    const table = memory.floats(twiddles, 2 * side);
    for (let turn = 0; turn < side; turn++) {
      const angle = (-2 * Math.PI * turn) / side;
      table[2 * turn] = Math.cos(angle);
      table[2 * turn + 1] = Math.sin(angle);
    }
    const bands = this.bands.flatMap((band) => [band.columns, band.ranges, band.filled, band.filledHalves]);
    memory.words(this.bandTable, bands.length).set(bands);
    for (const band of this.bands) this.writeTables(memory, band);
  }

  private writeTables(memory: KernelMemory, band: Band): void {
    const { side, rowOfFrequency } = this;
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

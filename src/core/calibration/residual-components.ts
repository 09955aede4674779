/** The planes of a residual that are calibrated together: its channels, or these split into bands of radii. */
import type { RunConfig } from '../config.ts';
import { type ColumnRange, columnsInBand, holdsFrequency } from '../scores/band.ts';
import { createBandFilter } from '../scores/band-filter.ts';
import { channels } from '../scores/residual-planes.ts';
import type { RealFft2 } from '../spectrum/fast-fft.ts';

/** The settings that the components of a residual depend on. */
export type ComponentSettings = Pick<RunConfig, 'bandLow' | 'bandHigh' | 'calibrationBands'>;

/** Splits residuals of one side, one image after the other, in memory that it keeps. */
export interface ResidualComponents {
  /**
   * Component b of channel c at index b + c * (planes / 3), each [S, S] row-major. Their sum over b is the channel after the
   * score's band. Overwritten by the next image; the reader may overwrite them too.
   */
  readonly planes: readonly Float64Array[];
  /**
   * Splits one channel.
   * @param residual [S, S] row-major, before the score's band; it is overwritten
   */
  split(channel: number, residual: Float64Array): void;
}

/** A closed interval of radii. */
export interface RadiusInterval {
  readonly low: number;
  readonly high: number;
}

/** The end of a closed interval that holds every radius below a whole one: squared radii are whole numbers. */
const justBelow = (radius: number): number => Math.sqrt(radius * radius - 0.5);

/**
 * The intervals that the radii [bandLow, bandHigh] are split into: at S/16, S/8 and S/4, each of which begins an interval.
 * Intervals without a frequency are left out.
 */
export const componentIntervals = (
  side: number,
  { bandLow, bandHigh, calibrationBands }: ComponentSettings,
): readonly RadiusInterval[] => {
  if (calibrationBands === 'off') return [{ low: bandLow, high: bandHigh }];
  const edges = [side / 16, side / 8, side / 4];
  return [0, ...edges]
    .map((start, index) => ({
      low: Math.max(bandLow, start),
      high: index < edges.length ? Math.min(bandHigh, justBelow(edges[index])) : bandHigh,
    }))
    .filter(({ low, high }) => holdsFrequency(side, low, high));
};

/** The columns of a half spectrum that one interval needs. */
interface SpectrumPart {
  readonly ranges: readonly ColumnRange[];
  readonly columns: number;
}

const spectrumPart = (side: number, { low, high }: RadiusInterval): SpectrumPart => {
  const ranges = Array.from({ length: side }, (_, v) => columnsInBand(side, v, low, high));
  return {
    ranges,
    columns: ranges.reduce((most, { from, to }) => (to > from ? Math.max(most, to) : most), 1),
  };
};

/** Loads one interval of a spectrum of `allColumns` columns into the transform, and all else as 0. */
const loadPart = (
  fft: RealFft2,
  real: Float64Array,
  imaginary: Float64Array,
  allColumns: number,
  { ranges, columns }: SpectrumPart,
): void => {
  fft.real.fill(0, 0, fft.side * columns);
  fft.imaginary.fill(0, 0, fft.side * columns);
  for (let v = 0; v < fft.side; v++) {
    const row = fft.rowOfFrequency[v];
    for (let u = ranges[v].from; u < ranges[v].to; u++) {
      fft.real[row * columns + u] = real[row * allColumns + u];
      fft.imaginary[row * columns + u] = imaginary[row * allColumns + u];
    }
  }
};

/** Writes the transform's pixels to a plane and subtracts them from another. */
const movePixels = ({ side, left, right }: RealFft2, to: Float64Array, rest: Float64Array): void => {
  const half = side / 2;
  for (let row = 0, from = 0, at = 0; row < side; row++, at += half) {
    for (let x = 0; x < half; x++, from++, at++) {
      to[at] = left[from];
      to[at + half] = right[from];
      rest[at] -= left[from];
      rest[at + half] -= right[from];
    }
  }
};

/**
 * Prepares the components of residuals of one side. The lower bands share one forward transform of few columns; the highest
 * is the filtered residual less all lower ones.
 * @param transform asked for the transform, of the same side, where one is needed
 */
export const createResidualComponents = (
  side: number,
  settings: ComponentSettings,
  transform: () => RealFft2,
): ResidualComponents => {
  const intervals = componentIntervals(side, settings);
  const filter = createBandFilter(side, settings.bandLow, settings.bandHigh, transform);
  const planes = Array.from({ length: channels * intervals.length }, () => new Float64Array(side * side));
  const lower = intervals.slice(0, -1).map((interval) => spectrumPart(side, interval));
  const columns = Math.max(1, ...lower.map((part) => part.columns));
  const length = lower.length > 0 ? side * columns : 0;
  const [real, imaginary] = [new Float64Array(length), new Float64Array(length)];
  return {
    planes,
    split: (channel, residual) => {
      const first = channel * intervals.length;
      const highest = planes[first + lower.length];
      if (lower.length > 0) {
        const fft = transform();
        fft.load(residual);
        fft.forward(columns);
        real.set(fft.real.subarray(0, length));
        imaginary.set(fft.imaginary.subarray(0, length));
      }
      filter(residual);
      highest.set(residual);
      lower.forEach((part, index) => {
        const fft = transform();
        loadPart(fft, real, imaginary, columns, part);
        fft.inverse(part.columns);
        movePixels(fft, planes[first + index], highest);
      });
    },
  };
};

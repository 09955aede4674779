/** The planes of a residual that are calibrated together: its channels, or these split into bands of radii. */
import type { RunConfig } from '../config.ts';
import { holdsFrequency } from '../scores/band.ts';
import { type BandFilter, createBandFilter } from '../scores/band-filter.ts';
import { channels } from '../scores/residual-planes.ts';
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { type Addresses, planeBytes } from './kernels/addresses.ts';
import { BandTransform, type RadiusInterval } from './kernels/band-transform.ts';
import type { KernelMemory } from './kernels/kernel-memory.ts';

/** The settings that the components of a residual depend on. */
export type ComponentSettings = Pick<RunConfig, 'bandLow' | 'bandHigh' | 'calibrationBands'>;

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

/**
 * Components of residuals of one side, of some images at once, in the kernels' memory. The lower bands share one forward
 * transform of few columns; the highest is the filtered residual less all lower ones.
 */
export class ResidualComponents {
  /** d: components of an image. */
  readonly count: number;
  /**
   * Address of the first plane [S, S] row-major. Component b of channel c has index b + c d / 3; their sum over b is the
   * channel after the score's band. Images follow each other.
   */
  readonly planes: number;
  /** Bytes from one plane to the next. */
  readonly planeBytes: number;
  private readonly pixels: number;
  private readonly lower: number;
  private readonly bands: BandTransform | undefined;
  private readonly filter: BandFilter;

  /**
   * @param images most images at once
   * @param transform asked for the transform, of the same side, where the score's band needs one
   */
  constructor(
    side: number,
    settings: ComponentSettings,
    readonly images: number,
    transform: () => RealFft2,
    addresses: Addresses,
  ) {
    const intervals = componentIntervals(side, settings);
    this.lower = intervals.length - 1;
    this.count = channels * intervals.length;
    this.pixels = side * side;
    this.filter = createBandFilter(side, settings.bandLow, settings.bandHigh, transform);
    this.bands = this.lower > 0 ? new BandTransform(side, intervals.slice(0, -1), addresses) : undefined;
    this.planeBytes = planeBytes(this.pixels);
    this.planes = addresses.take(this.planeBytes * this.count * images);
  }

  /** Puts the tables in place; planes hold 0 behind their pixels. */
  write(memory: KernelMemory): void {
    this.bands?.write(memory);
    memory.floats(this.planes, (this.planeBytes / 8) * this.count * this.images).fill(0);
  }

  /** Where the residual of a channel goes, before the score's band: [S, S] row-major. */
  residualPlane(memory: KernelMemory, image: number, channel: number): Float64Array {
    return memory.floats(this.highest(image, channel), this.pixels);
  }

  /** Splits the residual of a channel, which is lost. */
  split(memory: KernelMemory, image: number, channel: number): void {
    const { bands, lower, planeBytes, pixels } = this;
    const { kernels } = memory;
    const highest = this.highest(image, channel);
    if (bands) kernels.transformPlane(bands.address, highest);
    this.filter(memory.floats(highest, pixels));
    if (!bands) return;
    const first = highest - lower * planeBytes;
    for (let band = 0; band < lower; band++) {
      kernels.writeBand(bands.address, bands.bandAddress(band), first + band * planeBytes);
    }
    kernels.subtractPlanes(highest, first, planeBytes, lower, 8 * pixels);
  }

  private highest(image: number, channel: number): number {
    const { count, lower, planes, planeBytes } = this;
    return planes + planeBytes * (image * count + channel * (count / channels) + lower);
  }
}

/** The planes of a residual that are calibrated together: its channels, or its channels in bands of radii. */
import type { RunConfig } from '../config.ts';
import { holdsFrequency } from '../scores/band.ts';
import { type BandFilter, createBandFilter, leftOut } from '../scores/band-filter.ts';
import { channels, unitOfByte } from '../scores/residual-planes.ts';
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import { type Addresses, planeBytes } from './kernels/addresses.ts';
import { BandTransform, type RadiusInterval } from './kernels/band-transform.ts';
import { type KernelMemory, sharedKernels } from './kernels/kernel-memory.ts';

/** The settings that the components of a residual depend on. */
export type ComponentSettings = Pick<RunConfig, 'bandLow' | 'bandHigh' | 'calibrationBands'>;

/** The end of a closed interval that holds every radius below an integer radius. Squared radii are integers. */
const justBelow = (radius: number): number => Math.sqrt(radius * radius - 0.5);

/**
 * Splits the radii [bandLow, bandHigh] into intervals, with boundaries at S/16, S/8 and S/4; each begins an interval.
 * Intervals without frequencies are dropped.
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

/** Words of the kernels' `Split`. */
const splitWords = 7;

/** Words of the kernels' `Residual`, and number of its sums: of each channel, then of each channel's squares. */
const residualWords = 8;
const sumsLength = 2 * channels;

/** The energy of a residual, before any band. */
export interface ResidualEnergy {
  /** Sum over pixels and channels of (x - y)^2; non-finite if the reconstruction is. */
  readonly energy: number;
  /** The part of `energy` in the channels' means: the zero frequency. */
  readonly meanEnergy: number;
}

/**
 * Components of the residuals of some images of one side, in the kernels' memory. The lower bands share one forward
 * transform of few columns; the highest is the filtered residual minus all lower ones.
 */
export class ResidualComponents {
  /** d: components of an image. */
  readonly count: number;
  /**
   * Address of the first plane [S, S] row-major. Component b of channel c has index b + c d / 3, and the components of a
   * channel sum to the channel after the score's band. Images follow each other.
   */
  readonly planes: number;
  /** Bytes from one plane to the next. */
  readonly planeBytes: number;
  private readonly pixels: number;
  private readonly lower: number;
  private readonly bands: BandTransform | undefined;
  private readonly leavesOut: ReturnType<typeof leftOut>;
  private readonly filter: BandFilter;
  /** Subtracted from each channel before the split: its mean, if the score's band removes nothing else. */
  private readonly constants: Float64Array;
  private readonly places;

  /**
   * @param images maximum number of images at once
   * @param transform returns the transform of the same side; called only if the score's band needs one
   */
  constructor(
    side: number,
    settings: ComponentSettings,
    readonly images: number,
    transform: () => RealFft2,
    addresses: Addresses,
  ) {
    const { bandLow, bandHigh } = settings;
    const intervals = componentIntervals(side, settings);
    this.lower = intervals.length - 1;
    this.count = channels * intervals.length;
    this.pixels = side * side;
    this.leavesOut = leftOut(side, bandLow, bandHigh);
    this.filter = createBandFilter(side, bandLow, bandHigh, transform);
    this.bands = this.lower > 0 ? new BandTransform(side, intervals.slice(0, -1), addresses) : undefined;
    const values = channels * (this.pixels + 1);
    this.constants = new Float64Array(channels * images);
    this.places = {
      split: addresses.take(4 * splitWords),
      constants: addresses.take(8 * channels * images),
      residual: addresses.take(4 * residualWords),
      sums: addresses.take(8 * sumsLength),
      units: addresses.take(8 * unitOfByte.length),
      input: addresses.take(values),
      reconstruction: addresses.take(4 * values),
    };
    this.planeBytes = planeBytes(this.pixels);
    this.planes = addresses.take(this.planeBytes * this.count * images);
  }

  /** Writes the tables, and zeros after the last pixel. */
  write(memory: KernelMemory): void {
    const { input, reconstruction, units } = this.places;
    this.bands?.write(memory);
    memory.floats(units, unitOfByte.length).set(unitOfByte);
    memory.bytesAt(input, channels * (this.pixels + 1)).fill(0);
    memory.singles(reconstruction, channels * (this.pixels + 1)).fill(0);
    memory.floats(this.planes, (this.planeBytes / 8) * this.count * this.images).fill(0);
  }

  /**
   * Computes the residual x - y of an image.
   * @param image 0 to `images` - 1
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   */
  take(memory: KernelMemory, image: number, input: Uint8Array, reconstruction: Float32Array): ResidualEnergy {
    const { places, pixels } = this;
    memory.bytesAt(places.input, input.length).set(input);
    memory.singles(places.reconstruction, reconstruction.length).set(reconstruction);
    // In the order of `Residual` in `take-residual.assembly.ts`.
    memory
      .words(places.residual, residualWords)
      .set([
        places.input,
        places.reconstruction,
        pixels,
        places.units,
        ...[0, 1, 2].map((channel) => this.highest(image, channel)),
        places.sums,
      ]);
    memory.takeResidual(places.residual);
    const [r, g, b, ...energies] = memory.floats(places.sums, sumsLength);
    [r, g, b].forEach((sum, channel) => {
      const highest = memory.floats(this.highest(image, channel), pixels);
      this.constants[channels * image + channel] = this.leavesOut === 'mean' ? sum / pixels : 0;
      if (this.leavesOut === 'more') this.filter(highest);
    });
    return {
      energy: energies.reduce((sum, energy) => sum + energy, 0),
      meanEnergy: (r * r + g * g + b * b) / pixels,
    };
  }

  /** Splits the residuals of the first images, which must have been computed by `take`. */
  split(memory: KernelMemory, images: number): void {
    const { bands, lower, planes, planeBytes, pixels, places, constants } = this;
    memory.floats(places.constants, constants.length).set(constants);
    // In the order of `Split` in `split-plane.assembly.ts`.
    memory
      .words(places.split, splitWords)
      .set([
        bands?.transforms ?? 0,
        bands?.bandTable ?? 0,
        lower,
        planes,
        planeBytes,
        pixels,
        places.constants,
      ]);
    memory.share(sharedKernels.split, places.split, channels * images);
  }

  private highest(image: number, channel: number): number {
    const { count, lower, planes, planeBytes } = this;
    return planes + planeBytes * (image * count + channel * (count / channels) + lower);
  }
}

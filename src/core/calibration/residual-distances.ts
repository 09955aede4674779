/** Squared distances of residuals from those of good images, for several images at once. */
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import type { Calibration } from './calibration.ts';
import { Addresses, groupsOf } from './kernels/addresses.ts';
import { type KernelMemory, kernelMemory, type MemoryUser, sharedKernels } from './kernels/kernel-memory.ts';
import { ResidualComponents, type ResidualEnergy } from './residual-components.ts';

/** Number of images measured together: each pixel's calibration is read once for all of them. */
export const distancesAtOnce = 4;

/** Words of the kernels' `Distances`. */
const distancesWords = 7;

/** Groups per chunk; must equal the number in `distances.assembly.ts`. */
const groupsOfChunk = 128;

/** A calibration in the kernels' memory, with the components of the images to measure. */
export class ResidualDistances implements MemoryUser {
  readonly end: number;
  private readonly components: ResidualComponents;
  private readonly values: number;
  private readonly maps: number;
  private readonly distances: number;

  /** @param transform returns the transform of the same side; called only if the score's band needs one */
  constructor(
    private readonly calibration: Calibration,
    transform: () => RealFft2,
  ) {
    const { settings, pixels, values } = calibration;
    const addresses = new Addresses();
    this.distances = addresses.take(4 * distancesWords);
    const side = Math.sqrt(pixels);
    this.components = new ResidualComponents(side, settings, distancesAtOnce, transform, addresses);
    this.maps = addresses.take(this.components.planeBytes * distancesAtOnce);
    this.values = addresses.take(8 * values.length);
    this.end = addresses.end;
  }

  moveIn(memory: KernelMemory): void {
    const { values } = this.calibration;
    this.components.write(memory);
    memory.floats(this.values, values.length).set(values);
  }

  /** Images are measured within one call of a scorer, so there is nothing to save. */
  moveOut(): void {}

  /**
   * Computes the residual of an image.
   * @param image 0 to `distancesAtOnce` - 1
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   */
  take(image: number, input: Uint8Array, reconstruction: Float32Array): ResidualEnergy {
    const memory = kernelMemory();
    memory.giveTo(this);
    return this.components.take(memory, image, input, reconstruction);
  }

  /**
   * (r - m)^T K^-1 (r - m) at each pixel of the first images: the squared length of L^-1 (r - m), by forward substitution.
   * Their residuals must have been computed, and no other user may have owned the memory since then.
   */
  measure(images: number): void {
    const memory = kernelMemory();
    memory.giveTo(this);
    const { calibration, components, distances, values, maps } = this;
    const groups = groupsOf(calibration.pixels);
    // In the order of `Distances` in `distances.assembly.ts`.
    memory
      .words(distances, distancesWords)
      .set([values, groups, components.count, components.planes, components.planeBytes, images, maps]);
    components.split(memory, images);
    memory.share(sharedKernels.distances, distances, Math.ceil(groups / groupsOfChunk));
  }

  /** The map [S, S] row-major of a measured image, in sigma^2. The next measurement overwrites it. */
  map(image: number): Float64Array {
    const { calibration, components, maps } = this;
    return kernelMemory().floats(maps + image * components.planeBytes, calibration.pixels);
  }
}

const known = new WeakMap<Calibration, ResidualDistances>();

/** The distances for a calibration; scorers with the same calibration share them. */
export const distancesBy = (calibration: Calibration, transform: () => RealFft2): ResidualDistances => {
  const present = known.get(calibration) ?? new ResidualDistances(calibration, transform);
  known.set(calibration, present);
  return present;
};

/** Squared distances of residuals from those of good images, some images at once. */
import type { RealFft2 } from '../spectrum/fast-fft.ts';
import type { Calibration } from './calibration.ts';
import { Addresses, groupsOf } from './kernels/addresses.ts';
import { type KernelMemory, kernelMemory, type MemoryUser, sharedKernels } from './kernels/kernel-memory.ts';
import { ResidualComponents, type ResidualEnergy } from './residual-components.ts';

/** Images at once: the calibration of a pixel is read once for all of them. */
export const distancesAtOnce = 4;

/** Words of the kernels' `Distances`. */
const distancesWords = 7;

/** Groups of a chunk; `distances.assembly.ts` has the same number. */
const groupsOfChunk = 128;

/** A calibration in the kernels' memory, with the components of the images that are measured by it. */
export class ResidualDistances implements MemoryUser {
  readonly end: number;
  private readonly components: ResidualComponents;
  private readonly values: number;
  private readonly maps: number;
  private readonly distances: number;

  /** @param transform asked for the transform, of the same side, where the score's band needs one */
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

  /** Images are measured within one call of a scorer: there is nothing to save. */
  moveOut(): void {}

  /**
   * Takes an image.
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
   * They have to be taken, and nobody else may have had the memory since.
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

  /** The map [S, S] row-major of a measured image: unit sigma^2. It is overwritten by what is measured next. */
  map(image: number): Float64Array {
    const { calibration, components, maps } = this;
    return kernelMemory().floats(maps + image * components.planeBytes, calibration.pixels);
  }
}

const known = new WeakMap<Calibration, ResidualDistances>();

/** The distances by a calibration; scorers by the same calibration share them. */
export const distancesBy = (calibration: Calibration, transform: () => RealFft2): ResidualDistances => {
  const present = known.get(calibration) ?? new ResidualDistances(calibration, transform);
  known.set(calibration, present);
  return present;
};

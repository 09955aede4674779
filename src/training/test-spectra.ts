/** Radial power of the test set's residual, from the held reconstructions of one evaluation. Needs no model. */
import type { ImageSet } from '#core/dataset.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { radialPower, radiusCount } from '#core/spectrum/radial-power.ts';
import type { HeldReconstructions, MeanSpectra, TestSpectra } from '#core/spectrum/test-spectra.ts';
import { isFirstPicture } from '#core/tiles.ts';
import { packedLevels } from './packed-pixels.ts';
import { interruptible, partOf, type WorkOptions } from './yield-point.ts';

/** Two images have six planes, which fill three transforms; one image would leave half a transform empty. */
const pairsOf = (rows: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(rows.length / 2) }, (_, pair) => rows.slice(2 * pair, 2 * pair + 2));

/** Computes the spectra of one image set; the power of its images is cached. Holds only arrays. */
export class TestSet {
  /** Radial power of the images, by sample. */
  private readonly inputPower = new Map<number, Float64Array>();

  constructor(private readonly images: ImageSet) {}

  /**
   * The spectra at one evaluation.
   * @throws ResiduaError `cancelled`
   */
  async spectra({ indices, pixels }: HeldReconstructions, options: WorkOptions = {}): Promise<TestSpectra> {
    const rows = Array.from(indices.keys());
    const isAnomalous = (row: number): boolean => this.images.samples[indices[row]!].anomalous;
    const good = rows.filter((row) => !isAnomalous(row));
    const anomalous = rows.filter(isAnomalous);
    const share = good.length / Math.max(1, rows.length);
    return {
      good: await this.mean(indices, pixels, good, partOf(options, 0, share)),
      anomalous: await this.mean(indices, pixels, anomalous, partOf(options, share, 1 - share)),
    };
  }

  private async mean(
    indices: readonly number[],
    pixels: Uint16Array,
    rows: readonly number[],
    options: WorkOptions,
  ): Promise<MeanSpectra | undefined> {
    if (rows.length === 0) return undefined;
    const { side } = this.images;
    const power = new Float64Array(radiusCount(side));
    const inputPower = new Float64Array(power.length);
    for await (const part of interruptible(pairsOf(rows), options)) {
      const residual = radialPower(this.residuals(indices, pixels, part), side);
      for (let radius = 0; radius < power.length; radius++) {
        power[radius]! += (residual[radius]! * part.length) / rows.length;
      }
      for (const row of part) {
        const input = this.inputPowerOf(indices[row]!);
        for (let radius = 0; radius < power.length; radius++) {
          inputPower[radius]! += input[radius]! / rows.length;
        }
      }
    }
    return {
      images: rows.filter((row) => isFirstPicture(this.images.samples[indices[row]!]!)).length,
      power: Float32Array.from(power),
      inputPower: Float32Array.from(inputPower),
    };
  }

  /** x - y of some rows, [rows, S, S, 3]. */
  private residuals(indices: readonly number[], pixels: Uint16Array, rows: readonly number[]): Float64Array {
    const length = pixels.length / indices.length;
    const values = new Float64Array(rows.length * length);
    rows.forEach((row, place) => {
      const bytes = imageBytes(this.images, indices[row]!);
      const from = row * length;
      const to = place * length;
      for (let i = 0; i < length; i++) values[to + i] = bytes[i]! / 255 - pixels[from + i]! / packedLevels;
    });
    return values;
  }

  private inputPowerOf(index: number): Float64Array {
    const known = this.inputPower.get(index);
    if (known) return known;
    const bytes = imageBytes(this.images, index);
    const power = radialPower(
      Float64Array.from(bytes, (value) => value / 255),
      this.images.side,
    );
    this.inputPower.set(index, power);
    return power;
  }
}

/** The probe of the residual's spectrum: its images, and the radial power of their residuals. */

import type { ImageSet } from '#core/dataset.ts';
import { imageBytes, imageFloats } from '#core/image-bytes.ts';
import { radialPower } from '#core/spectrum/radial-power.ts';
import { fillImages } from './image-tensors.ts';
import type { SpectrumProbe } from './training-run.ts';

const mostImages = 8;

/**
 * Number of images in the probe: at most a micro-batch.
 * @param training images to train on, at least 1
 */
export const probeSize = (training: number, microBatch: number): number =>
  Math.min(mostImages, training, microBatch);

/**
 * The probe's images, evenly spread over the training images. The probe shows which frequencies are fitted first, so it
 * needs images that are fitted; and every category has training images.
 */
export const probedIndices = (trainIndices: readonly number[], microBatch: number): readonly number[] => {
  const size = probeSize(trainIndices.length, microBatch);
  return Array.from({ length: size }, (_, i) => trainIndices[Math.floor((i * trainIndices.length) / size)]!);
};

/** The images of a run's probe. */
export class ProbeImages {
  /** Samples of the image set, in the order of the batch. */
  readonly indices: readonly number[];
  private inputPower: Float32Array | undefined;

  /**
   * @param trainIndices samples of the training split, at least one
   * @param microBatch images that pass through the model at once
   */
  constructor(
    private readonly images: ImageSet,
    trainIndices: readonly number[],
    microBatch: number,
  ) {
    this.indices = probedIndices(trainIndices, microBatch);
  }

  /** Writes the images, [n, S, S, 3] in [0, 1], into an array of that size. */
  fill(values: Float32Array): void {
    fillImages(this.images, this.indices, values);
  }

  /**
   * Radial power of the residuals x - y, and of the images x.
   * @param reconstructions y, RGB, [n, S, S, 3], in the order of the batch
   */
  powerOf(reconstructions: Float32Array): SpectrumProbe {
    const { images, indices } = this;
    const { side } = images;
    const length = side * side * 3;
    const residuals = new Float64Array(indices.length * length);
    indices.forEach((index, row) => {
      const bytes = imageBytes(images, index);
      for (let i = 0, at = row * length; i < length; i++, at++) {
        residuals[at] = bytes[i]! / 255 - reconstructions[at]!;
      }
    });
    this.inputPower ??= this.powerOfImages();
    return { power: Float32Array.from(radialPower(residuals, side)), inputPower: this.inputPower };
  }

  private powerOfImages(): Float32Array {
    const { images, indices } = this;
    const { side } = images;
    const inputs = new Float64Array(indices.length * side * side * 3);
    indices.forEach((index, row) => {
      inputs.set(imageFloats(images, index), row * side * side * 3);
    });
    return Float32Array.from(radialPower(inputs, side));
  }
}

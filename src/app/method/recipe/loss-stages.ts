/** The WFDL's gradients at two stages of training, with stand-ins for the reconstruction and no network. */
import { curriculumExponent, curriculumWeight } from '#core/frequency-weight/curriculum.ts';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import {
  createPhaseCoherence,
  differenceOf,
  type SplitGradient,
  spectraOf,
  splitGradient,
} from './loss-gradient.ts';

/** Side of the images, in pixels. */
export const stageSide = 64;
/** The number of images whose phases are compared. */
export const comparedCount = 32;
/** The number of other images that are averaged: a mean contains a part of each of its images. */
const averagedCount = 32;
export const drawnCount = comparedCount + averagedCount;
/** The radius that splits a gradient, an eighth of the side. */
export const splitRadius = stageSide / 8;

const valueCount = stageSide * stageSide * 3;

/** One row of pictures, RGB [stageSide, stageSide, 3] each. */
export interface StageRow extends SplitGradient {
  readonly reconstruction: Float32Array;
}

export interface LossStages {
  /** The original image. */
  readonly image: Float32Array;
  /** Its mean color as the reconstruction, with the weight of the first step. */
  readonly firstStep: StageRow;
  /** Its mean color as the reconstruction, with the final weight. */
  readonly finalWeight: StageRow;
  /** The mean of other good images as the reconstruction, with the final weight. */
  readonly meanLearned: StageRow;
  /** Phase coherence by radius against each image's mean color, and against the mean of other images. */
  readonly coherence: { readonly meanColor: Float64Array; readonly meanImage: Float64Array };
}

const meanColor = (image: Float32Array): Float32Array => {
  const sums = [0, 0, 0];
  image.forEach((value, at) => {
    sums[at % 3] += value;
  });
  return image.map((_, at) => (3 * sums[at % 3]) / valueCount);
};

const meanOf = (images: readonly Float32Array[]): Float32Array => {
  const sum = new Float64Array(valueCount);
  for (const image of images) for (let at = 0; at < valueCount; at++) sum[at] += image[at];
  return Float32Array.from(sum, (value) => value / images.length);
};

/** The radial weight, and w^s in the first of a thousand steps of a run with the recommended curriculum. */
const weights = () => {
  const { dcWeight, curriculum } = presets.recommended;
  const final = frequencyWeight(presets.recommended, stageSide, stageSide);
  return { final, first: curriculumWeight(final, curriculumExponent(1, 1000, curriculum), dcWeight) };
};

/** Lets the page draw and respond between two pieces of work. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * @param bytes RGB of good images, at least `drawnCount` of [stageSide, stageSide, 3]
 * @throws the signal's reason once it is aborted
 */
export const computeLossStages = async (bytes: Uint8Array, signal: AbortSignal): Promise<LossStages> => {
  const images = Array.from({ length: drawnCount }, (_, index) =>
    Float32Array.from(bytes.subarray(index * valueCount, (index + 1) * valueCount), (value) => value / 255),
  );
  const average = meanOf(images.slice(comparedCount));
  const averageSpectra = spectraOf(average, stageSide);
  const againstColor = createPhaseCoherence(stageSide);
  const againstMean = createPhaseCoherence(stageSide);
  for (const image of images.slice(0, comparedCount)) {
    const spectra = spectraOf(image, stageSide);
    againstColor.add(differenceOf(spectraOf(meanColor(image), stageSide), spectra));
    againstMean.add(differenceOf(averageSpectra, spectra));
    await pause();
    signal.throwIfAborted();
  }
  const { first, final } = weights();
  const [image] = images;
  const row = (reconstruction: Float32Array, weight: Float32Array): StageRow => ({
    reconstruction,
    ...splitGradient(
      differenceOf(spectraOf(reconstruction, stageSide), spectraOf(image, stageSide)),
      weight,
      splitRadius,
    ),
  });
  return {
    image,
    firstStep: row(meanColor(image), first),
    finalWeight: row(meanColor(image), final),
    meanLearned: row(average, final),
    coherence: { meanColor: againstColor.byRadius(), meanImage: againstMean.byRadius() },
  };
};

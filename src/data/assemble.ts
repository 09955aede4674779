/** Assembles decoded samples into an image set, with notices about them. */
import type { Category, ImageSet, Sample, SampleInfo, SkippedFile } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Fit, Framing } from '#core/fit.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import { dataFactsOf } from '#core/paper-differences/find-data-facts.ts';
import { picturesOf } from '#core/tiles.ts';
import type { DecodedSample } from './decode/decode-sample.ts';
import { equalItems, type PackedItems, unequalItems } from './packed-items.ts';
import { counted } from './words.ts';

/** A decoded sample, or the error that prevented it. */
export type DecodeOutcome = DecodedSample | ResiduaError;

/** An image set with its thumbnails and its notices for the user. */
export interface AssembledCategory {
  readonly images: ImageSet & { readonly facts: DataFacts };
  /** RGBA bytes, [images, thumbnailSide, thumbnailSide, 4]: one for each image, in order. */
  readonly thumbnails: Uint8ClampedArray<ArrayBuffer>;
  /** SHA-256 of the images' files by path; images without a hash are absent. */
  readonly contentHashes: ReadonlyMap<string, string>;
  /** The category's skipped files, followed by those that could not be decoded. */
  readonly skippedFiles: readonly SkippedFile[];
  /** The category's notices, followed by those from decoding. */
  readonly notices: readonly string[];
}

/** The remaining fields of a decoded sample, once its arrays are copied. */
type Facts = Omit<DecodedSample, 'pixels' | 'thumbnail' | 'mask'> & { readonly hasMask: boolean };

interface Readable {
  readonly sample: Sample;
  readonly decoded: Facts;
}

/** A larger ratio of the sides gets a notice, because the image visibly changes. */
const noticedAspect = 1.01;

const upTo = (share: number): string => `up to ${Math.max(1, Math.round(100 * share))} %`;

/** The sentence about images that are not square: the beginning for one, that for several, and the effect on their pictures. */
const fitWords: Readonly<Record<Fit, (most: number) => readonly [string, string, string]>> = {
  squeeze: (most) => [
    'is not square and was squeezed into a square: its',
    'are not square and were squeezed into squares: their',
    `frequencies along the longer side rise, by a factor of up to ${most.toFixed(2)}. Fit offers padding and a center crop.`,
  ],
  pad: (most) => [
    'is not square and was padded to a square:',
    'are not square and were padded to squares:',
    `${upTo(1 - 1 / most)} of a picture repeats the edge. Masks and pixel metrics leave that out; losses and scores count it.`,
  ],
  crop: (most) => [
    'is not square and was cropped to its center:',
    'are not square and were cropped to their centers:',
    `the model does not see ${upTo(1 - 1 / most)} of an image.`,
  ],
  tiles: (most) => [
    'is not square and was cut into overlapping squares,',
    'are not square and were cut into overlapping squares,',
    `up to ${Math.ceil(most)} for each image. The score of an image is the largest of its squares.`,
  ],
};

const noticesOf = (
  readable: readonly Readable[],
  unreadable: number,
  { side, fit }: Framing,
): readonly string[] => {
  const notices: string[] = [];
  const addNotice = (count: number, one: string, many: string): void => {
    if (count > 0) notices.push(`${counted(count, 'image')} ${count === 1 ? one : many}`);
  };
  addNotice(unreadable, 'could not be read and was skipped.', 'could not be read and were skipped.');
  addNotice(
    readable.filter(({ decoded }) => decoded.transparent).length,
    'has transparent pixels, which became black.',
    'have transparent pixels, which became black.',
  );
  addNotice(
    readable.filter(({ decoded }) => decoded.rotated).length,
    'has an EXIF orientation, which is ignored: its pixels are used as stored.',
    'have an EXIF orientation, which is ignored: their pixels are used as stored.',
  );
  const aspects = readable.map(({ decoded: { width, height } }) => Math.max(width / height, height / width));
  const longer = aspects.filter((aspect) => aspect > noticedAspect);
  const [one, many, effect] = fitWords[fit](longer.reduce((most, aspect) => Math.max(most, aspect), 1));
  addNotice(longer.length, `${one} ${effect}`, `${many} ${effect}`);
  const cropped = readable.filter(({ decoded }) => decoded.maskCropped).length;
  if (cropped > 0)
    notices.push(
      `${counted(cropped, 'defect image')} ${cropped === 1 ? 'has its' : 'have their'} whole defect outside the crop: the model cannot find it.`,
    );
  const badMasks = readable.filter(({ decoded }) => decoded.maskProblem !== undefined).length;
  if (badMasks > 0) notices.push(`${counted(badMasks, 'mask')} could not be used.`);
  const emptyMasks = readable.filter(({ decoded }) => decoded.maskEmpty).length;
  if (emptyMasks > 0)
    notices.push(
      `${counted(emptyMasks, 'mask')} of ${emptyMasks === 1 ? 'a defect image marks' : 'defect images mark'} no pixel.`,
    );
  const thinMasks = readable.filter(({ decoded }) => decoded.maskThin).length;
  if (thinMasks > 0)
    notices.push(
      `${counted(thinMasks, 'mask')} ${thinMasks === 1 ? 'is' : 'are'} thin at side ${side}: no pixel is at least half covered, so the most covered pixels are marked.`,
    );
  const scanned = readable.filter(({ sample }) => sample.split === 'test');
  if (unreadable > 0 && new Set(scanned.map(({ sample }) => sample.anomalous)).size < 2) {
    notices.push('The readable test images are of one class only: AUROC is undefined.');
  }
  return notices;
};

const allocate = <Buffer>(make: (length: number) => Buffer, bytes: number): Buffer => {
  try {
    return make(bytes);
  } catch (cause) {
    throw new ResiduaError(
      'out-of-memory',
      `The images need ${Math.ceil(bytes / 2 ** 20)} MiB of contiguous memory, which this browser cannot provide.`,
      'Choose a smaller side or fewer images.',
      { cause },
    );
  }
};

/**
 * Memory that several workers can read without copies, if the page is cross-origin isolated; else plain memory.
 */
const imageMemory = (length: number): Uint8Array =>
  new Uint8Array(
    globalThis.crossOriginIsolated === true ? new SharedArrayBuffer(length) : new ArrayBuffer(length),
  );

const imageBytes = (bytes: number): Uint8Array => allocate(imageMemory, bytes);

const infoOf = ({ sample, decoded }: Readable): SampleInfo => ({
  path: sample.path,
  split: sample.split,
  defectType: sample.defectType,
  anomalous: sample.anomalous,
  ...(sample.heldOut && { heldOut: true }),
  hasMask: decoded.hasMask,
  width: decoded.width,
  height: decoded.height,
});

/** @throws ResiduaError `unreadable-image` if no training image is left, naming the first and its fault */
const refuseWithoutTraining = (
  category: Category,
  readable: readonly Readable[],
  skippedFiles: readonly SkippedFile[],
): void => {
  if (readable.some(({ sample }) => sample.split === 'train' && !sample.heldOut)) return;
  const training = category.samples.filter(({ split, heldOut }) => split === 'train' && !heldOut);
  const first = skippedFiles.find(({ path }) => path === training[0]?.path);
  throw new ResiduaError(
    'unreadable-image',
    `None of the ${counted(training.length, 'training image')} of ${category.name} could be read. ${first?.path}: ${first?.reason}`,
    'Check that the files are complete, or choose another folder.',
  );
};

/**
 * Collects the decoded samples of a category as they arrive, in any order, so that no image is stored twice for long.
 */
export class CategoryAssembly {
  private readonly pixels: PackedItems<Uint8Array>;
  private readonly masks: PackedItems<Uint8Array>;
  private readonly thumbnails: PackedItems<Uint8ClampedArray<ArrayBuffer>>;
  private readonly facts: (Facts | ResiduaError)[];
  /** For each sample, its index among the samples that may have a mask. */
  private readonly maskSlots: readonly number[];
  private readonly maskCount: number;

  /**
   * @param framing of the decoded images
   * @param thumbnailSide side of the thumbnails, in pixels
   * @throws ResiduaError `out-of-memory`
   */
  constructor(
    private readonly category: Category,
    private readonly framing: Framing,
    thumbnailSide: number,
  ) {
    const count = category.samples.length;
    let maskCount = 0;
    this.maskSlots = category.samples.map(({ maskPath }) => (maskPath === undefined ? -1 : maskCount++));
    this.maskCount = maskCount;
    const { side, fit } = framing;
    const items = (number: number, bytes: number): PackedItems<Uint8Array> =>
      fit === 'tiles' ? unequalItems(imageBytes) : equalItems(number, bytes, imageBytes);
    this.pixels = items(count, side * side * 3);
    this.masks = items(maskCount, side * side);
    this.thumbnails = equalItems(count, thumbnailSide * thumbnailSide * 4, (bytes) =>
      allocate((length) => new Uint8ClampedArray(length), bytes),
    );
    this.facts = new Array(count);
  }

  /** Adds the outcome for the category's sample `index`. Every sample needs exactly one. */
  add(index: number, outcome: DecodeOutcome): void {
    if (outcome instanceof ResiduaError) {
      this.facts[index] = outcome;
      return;
    }
    const { pixels, thumbnail, mask, ...rest } = outcome;
    this.pixels.set(index, pixels);
    this.thumbnails.set(index, thumbnail);
    if (mask !== undefined) this.masks.set(this.maskSlots[index], mask);
    this.facts[index] = { ...rest, hasMask: mask !== undefined };
  }

  /**
   * Returns the image set, in the order of the category's samples; an image in tiles has a sample for each. Ends the assembly, which transfers its arrays.
   * @throws ResiduaError `unreadable-image` if no training image is left, naming the first
   */
  finish(): AssembledCategory {
    const { category, facts } = this;
    const readable: Readable[] = [];
    const skippedFiles: SkippedFile[] = [];
    const maskUsed = new Array<boolean>(this.maskCount).fill(false);
    for (const [index, sample] of category.samples.entries()) {
      const decoded = facts[index];
      if (decoded instanceof ResiduaError) {
        skippedFiles.push({ path: sample.path, reason: decoded.problem });
        continue;
      }
      readable.push({ sample, decoded });
      if (decoded.hasMask) maskUsed[this.maskSlots[index]] = true;
      if (decoded.maskProblem !== undefined && sample.maskPath !== undefined) {
        skippedFiles.push({ path: sample.maskPath, reason: decoded.maskProblem });
      }
    }
    refuseWithoutTraining(category, readable, skippedFiles);
    const imageUsed = facts.map((fact) => !(fact instanceof ResiduaError));
    const hashed = readable.map(({ sample: { path, split, anomalous }, decoded: { contentHash } }) => ({
      ...{ path, split, anomalous, contentHash },
    }));
    return {
      images: {
        name: category.name,
        side: this.framing.side,
        fit: this.framing.fit,
        samples: picturesOf(readable.map(infoOf), this.framing.fit),
        pixels: this.pixels.pack(imageUsed),
        masks: this.masks.pack(maskUsed),
        facts: dataFactsOf(category.name, hashed, facts.length - readable.length),
      },
      thumbnails: this.thumbnails.pack(imageUsed),
      contentHashes: new Map(
        hashed.flatMap(({ path, contentHash }) => (contentHash === undefined ? [] : [[path, contentHash]])),
      ),
      skippedFiles: [...category.skippedFiles, ...skippedFiles],
      notices: [...category.notices, ...noticesOf(readable, facts.length - readable.length, this.framing)],
    };
  }
}

/** Decodes one sample from its source to the arrays of the image set and the thumbnails. Runs in a decode worker. */
import type { SampleSource } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Fit, Framing } from '#core/fit.ts';
import { joinBytes } from '#core/join-bytes.ts';
import { pictureCount, type Rectangle, regionOf } from '#core/picture-region.ts';
import { contentHashOf } from '../duplicates/content-hash.ts';
import { type Mask, resizeMask } from '../resize/resize-mask.ts';
import { resizeRgb } from '../resize/resize-rgb.ts';
import { renderSample } from '../synthetic/render-sample.ts';
import { decodeImage } from './decode-image.ts';
import { decodeMask } from './decode-mask.ts';
import type { DecodedImage } from './decoded-image.ts';
import { asUnreadable, unreadable } from './unreadable.ts';

/** A request to decode. */
export interface DecodeJob extends Framing {
  readonly source: SampleSource;
  /** Side of the thumbnail, in pixels. */
  readonly thumbnailSide: number;
}

/** A decoded sample. */
export interface DecodedSample {
  /** Size of the file's image in pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether some pixel was composited on black. */
  readonly transparent: boolean;
  /** Whether its EXIF data asks for a rotation, which is ignored. */
  readonly rotated: boolean;
  /** RGB bytes of its pictures, [pictures, side, side, 3]; there is one, unless the image is cut into tiles. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** RGBA bytes, [thumbnailSide, thumbnailSide, 4], opaque. An image in tiles is padded here. */
  readonly thumbnail: Uint8ClampedArray<ArrayBuffer>;
  /** The mask, 0 or 1, [pictures, side, side]; undefined if the sample has none, or an unusable one. */
  readonly mask: Uint8Array<ArrayBuffer> | undefined;
  /** Whether the mask marks no pixel at its own size. */
  readonly maskEmpty: boolean;
  /** Whether no pixel of a resized mask is at least half marked; the pixels with the largest fraction are then marked. */
  readonly maskThin: boolean;
  /** Whether the mask has marks, but none in the picture: they were cropped away. */
  readonly maskCropped: boolean;
  /** Why the mask is unusable; undefined if it was used, or if the sample has none. */
  readonly maskProblem: string | undefined;
  /** SHA-256 of the image file's bytes in hexadecimal digits; undefined if it is unavailable (see `contentHashOf`). */
  readonly contentHash: string | undefined;
}

interface Loaded {
  readonly image: DecodedImage;
  readonly mask: Mask | undefined;
  readonly maskProblem: string | undefined;
}

/**
 * Marks what any mask marks. One unusable mask makes all of them unusable: the others would call its defect normal.
 * @throws ResiduaError `unreadable-image` if a mask cannot be decoded, or has another size than its image
 */
const loadMasks = async (files: readonly Blob[], image: DecodedImage): Promise<Mask | undefined> => {
  let union: Mask | undefined;
  for (const file of files) {
    const mask = await decodeMask(file);
    if (mask.width !== image.width || mask.height !== image.height) {
      throw unreadable(
        `It is ${mask.width} x ${mask.height} pixels, and its image ${image.width} x ${image.height}; both must have the same size.`,
      );
    }
    if (union === undefined) union = mask;
    else for (let at = 0; at < mask.pixels.length; at++) union.pixels[at] |= mask.pixels[at];
  }
  return union;
};

const loadFile = async (imageFile: Blob, maskFiles: readonly Blob[]): Promise<Loaded> => {
  const image = await decodeImage(imageFile);
  try {
    return { image, mask: await loadMasks(maskFiles, image), maskProblem: undefined };
  } catch (thrown) {
    return { image, mask: undefined, maskProblem: asUnreadable(thrown).problem };
  }
};

const loadSynthetic = (seed: number, index: number): Loaded => {
  const { image, mask } = renderSample(seed, index);
  return { image: { ...image, transparent: false, rotated: false }, mask, maskProblem: undefined };
};

const toRgba = (rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> => {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4);
  for (let source = 0, target = 0; source < rgb.length; source += 3, target += 4) {
    rgba[target] = rgb[source];
    rgba[target + 1] = rgb[source + 1];
    rgba[target + 2] = rgb[source + 2];
    rgba[target + 3] = 255;
  }
  return rgba;
};

/** An image at the size of its file. */
export interface OriginalImage {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** RGBA bytes, [height, width, 4], opaque. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

const notHere = (): ResiduaError =>
  new ResiduaError(
    'unreadable-image',
    'Its file is not open: the browser kept only the decoded image.',
    'Open the folder of the category again.',
  );

const load = async (source: SampleSource): Promise<Loaded> => {
  switch (source.kind) {
    case 'file':
      return loadFile(source.image, source.masks);
    case 'synthetic':
      return loadSynthetic(source.seed, source.index);
    case 'kept':
      throw notHere();
  }
};

/**
 * Decodes a sample's image without a resize.
 * @throws ResiduaError `unreadable-image` if the image cannot be decoded, as after a change of the file
 */
export const decodeOriginal = async (source: SampleSource): Promise<OriginalImage> => {
  try {
    const { image } = await load(source);
    return { width: image.width, height: image.height, pixels: toRgba(image.pixels) };
  } catch (thrown) {
    throw asUnreadable(thrown);
  }
};

/** More tiles would fill the memory with one image, and each would show little. */
const mostTiles = 64;

/**
 * The regions of an image's pictures.
 * @throws ResiduaError `unreadable-image` if it would be cut into too many tiles
 */
const regionsOf = ({ width, height }: DecodedImage, fit: Fit): readonly Rectangle[] => {
  const count = pictureCount(width, height, fit);
  if (count > mostTiles)
    throw unreadable(`It is ${width} x ${height} pixels: ${count} tiles, expected at most ${mostTiles}.`);
  return Array.from({ length: count }, (_, tile) => regionOf(width, height, fit, tile));
};

const decode = async ({ source, side, fit, thumbnailSide }: DecodeJob): Promise<DecodedSample> => {
  const hash = source.kind === 'file' ? contentHashOf(source.image) : undefined;
  const { image, mask, maskProblem } = await load(source);
  const regions = regionsOf(image, fit);
  const shown = regionOf(image.width, image.height, fit === 'tiles' ? 'pad' : fit);
  const masks = mask && regions.map((region) => resizeMask(mask, side, region));
  const isMarked = mask?.pixels.includes(1) ?? false;
  return {
    width: image.width,
    height: image.height,
    transparent: image.transparent,
    rotated: image.rotated,
    pixels: joinBytes(regions.map((region) => resizeRgb(image, side, region))),
    thumbnail: toRgba(resizeRgb(image, thumbnailSide, shown)),
    mask: masks && joinBytes(masks.map(({ pixels }) => pixels)),
    maskEmpty: mask !== undefined && !isMarked,
    maskThin: masks?.some(({ thin }) => thin) ?? false,
    maskCropped: isMarked && masks?.some(({ pixels }) => pixels.includes(1)) === false,
    maskProblem,
    contentHash: await hash,
  };
};

/**
 * Decodes and resizes a sample, its mask and its thumbnail. An unusable mask does not affect the image.
 * @throws ResiduaError `unreadable-image` if the image cannot be decoded
 */
export const decodeSample = async (job: DecodeJob): Promise<DecodedSample> => {
  try {
    return await decode(job);
  } catch (thrown) {
    throw asUnreadable(thrown);
  }
};

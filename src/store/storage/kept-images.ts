/** Decoded images that the browser keeps across visits, so that their folder need not be opened again. */
import type { Category, ImageSet, SampleInfo, SkippedFile } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Fit } from '#core/fit.ts';
import type { DataFacts } from '#core/paper-differences/data-facts.ts';
import { picturesOf } from '#core/tiles.ts';
import type { DecodedCategory } from '#worker/dataset-client.ts';
import type { LoadedDataset } from '../dataset/state.ts';

/** Version of the records and their contents. */
const imagesVersion = 2;

/** Facts about a kept image set; also its record. */
export interface ImagesRecord {
  readonly version: number;
  /** Name of the category. */
  readonly name: string;
  /** Side S in pixels. */
  readonly side: number;
  /** Absent in version 1, whose images are squeezed. */
  readonly fit?: Fit;
  readonly count: number;
  /** In milliseconds since 1970 (UTC). */
  readonly keptAt: number;
  readonly bytes: number;
}

/** Identifies a kept image set. */
export type ImagesKey = Pick<ImagesRecord, 'name' | 'side'>;

/** A kept sample. */
interface KeptSample extends SampleInfo {
  readonly maskPath: string | undefined;
  readonly maskPaths?: readonly string[];
}

/** A kept image set with everything that the page shows about it, but its files. */
export interface KeptImages {
  readonly version: number;
  readonly name: string;
  readonly side: number;
  /** Absent in version 1, whose images are squeezed. */
  readonly fit?: Fit;
  /** One for each image; images in tiles have several pictures in the arrays. */
  readonly samples: readonly KeptSample[];
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly masks: Uint8Array<ArrayBuffer>;
  readonly facts: DataFacts | undefined;
  /** SHA-256 of the images' files by path. */
  readonly contentHashes: ReadonlyMap<string, string>;
  readonly thumbnails: { readonly side: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> };
  readonly notices: readonly string[];
  readonly outside: readonly SkippedFile[];
  readonly skippedFiles: readonly SkippedFile[];
}

/** The fit of kept images. */
export const fitOf = ({ fit = 'squeeze' }: Pick<ImagesRecord, 'fit'>): Fit => fit;

/** A category from kept images: what decoding its folder gave. */
export interface RestoredImages {
  readonly category: Category;
  readonly decoded: DecodedCategory;
  readonly outside: readonly SkippedFile[];
}

/** Bytes that the images of a category need: pixels, masks and thumbnails. */
export const keptBytes = ({ samples, side, fit, thumbnails }: LoadedDataset): number =>
  picturesOf(samples, fit).reduce(
    (sum, { hasMask }) => sum + (hasMask ? 4 : 3) * side * side,
    thumbnails.pixels.length,
  );

/**
 * Returns the loaded images as they are kept; the arrays are copies.
 * @param images those that the training worker holds
 */
export const toKeptImages = (loaded: LoadedDataset, { pixels, masks, facts }: ImageSet): KeptImages => {
  const { category, side, fit, samples, contentHashes, thumbnails, notices, outside, skippedFiles } = loaded;
  const masksOf = new Map(
    category.samples.map(({ path, maskPath, maskPaths }) => [
      path,
      { maskPath, ...(maskPaths && { maskPaths }) },
    ]),
  );
  return {
    version: imagesVersion,
    name: category.name,
    side,
    fit,
    samples: samples.map((sample) => ({
      ...{ ...sample, maskPath: undefined },
      ...masksOf.get(sample.path),
    })),
    // The database accepts no shared memory.
    pixels: pixels.slice(),
    masks: masks.slice(),
    facts,
    contentHashes,
    thumbnails,
    notices,
    outside,
    skippedFiles: skippedFiles.slice(outside.length),
  };
};

/** Returns the record of kept images. */
export const imagesRecord = (
  { name, side, fit, samples, pixels, masks, thumbnails }: KeptImages,
  keptAt: number,
): ImagesRecord => ({
  version: imagesVersion,
  name,
  side,
  ...(fit && { fit }),
  count: samples.length,
  keptAt,
  bytes: pixels.length + masks.length + thumbnails.pixels.length,
});

/** Whether kept images are the loaded ones: of the same fit and files, in the same order. */
export const areKept = (
  { fit, samples, contentHashes }: LoadedDataset,
  kept: Pick<KeptImages, 'fit' | 'samples' | 'contentHashes'>,
): boolean =>
  fitOf(kept) === fit &&
  samples.length === kept.samples.length &&
  samples.every(
    ({ path }, index) =>
      kept.samples[index]?.path === path && kept.contentHashes.get(path) === contentHashes.get(path),
  );

/** Whether the arrays have the lengths that the samples need. */
const isWhole = (kept: KeptImages): boolean => {
  const { version, side, samples, pixels, masks, thumbnails } = kept;
  const pictures = picturesOf(samples, fitOf(kept));
  return (
    (version === imagesVersion || version === 1) &&
    pixels.length === pictures.length * side * side * 3 &&
    masks.length === pictures.filter(({ hasMask }) => hasMask).length * side * side &&
    thumbnails.pixels.length === samples.length * thumbnails.side * thumbnails.side * 4
  );
};

/**
 * Returns the category of kept images.
 * @throws ResiduaError `storage-failed` if they are of another version or damaged
 */
export const fromKeptImages = (kept: KeptImages): RestoredImages => {
  if (!isWhole(kept))
    throw new ResiduaError(
      'storage-failed',
      `The kept images of ${kept.name} at side ${kept.side} are damaged, or another version of the page kept them.`,
      'Clear them under Storage, and open their folder again.',
    );
  const { name, side, samples, pixels, masks, facts, contentHashes } = kept;
  const { thumbnails, notices, outside, skippedFiles } = kept;
  return {
    category: {
      name,
      samples: samples.map(({ path, split, defectType, anomalous, maskPath, maskPaths }) => ({
        ...{ path, split, defectType, anomalous, maskPath },
        ...(maskPaths && { maskPaths }),
        source: { kind: 'kept' },
      })),
      skippedFiles,
      notices,
    },
    decoded: {
      images: {
        name,
        side,
        fit: fitOf(kept),
        samples: picturesOf(
          samples.map(({ maskPath: _, maskPaths: __, ...sample }) => sample),
          fitOf(kept),
        ),
        pixels,
        masks,
        ...(facts ? { facts } : {}),
      },
      contentHashes,
      skippedFiles,
      thumbnails,
      notices,
    },
    outside,
  };
};

/** A loaded category as plain data, shared by the page, the workers and the exports. */
import type { Framing } from './fit.ts';
import type { Mapping } from './layout/roles.ts';
import type { DataFacts } from './paper-differences/data-facts.ts';

/** Name of the procedural sample category. */
export const sampleCategoryName = 'sample-part';

export type Split = 'train' | 'test';

/**
 * The source of a sample's bytes: a file of the user with its masks, of which any marks a pixel; or the procedural sample category. Of images that the browser kept across
 * visits only the decoded ones are known, at one side.
 */
export type SampleSource =
  | { readonly kind: 'file'; readonly image: Blob; readonly masks: readonly Blob[] }
  | { readonly kind: 'synthetic'; readonly seed: number; readonly index: number }
  | { readonly kind: 'kept' };

/** One image of a category, before it is decoded. */
export interface Sample {
  /** Path inside the category, such as `test/broken_large/007.png`; unique there. */
  readonly path: string;
  readonly split: Split;
  /** Name of the folder below the split; `good` if the image is normal. */
  readonly defectType: string;
  readonly anomalous: boolean;
  /** Whether it is a training image that no run trains on: thresholds are fitted to it. */
  readonly heldOut?: boolean;
  /** Path of the mask inside the category, if it has one; of the folder, if it has several. */
  readonly maskPath: string | undefined;
  /** Paths of its masks inside the category, if it has several. */
  readonly maskPaths?: readonly string[];
  readonly source: SampleSource;
}

/** The files of a category whose folders are in no known order, with the role of each. */
export interface MappedFiles {
  readonly mapping: Mapping;
  /** The images and masks by path inside the category. */
  readonly files: ReadonlyMap<string, Blob>;
  /** Whether the user confirmed the roles, now or for another folder of this shape. */
  readonly confirmed?: boolean;
}

/** A skipped file, with the reason in words for the user. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** A category as found in a folder, before any image is decoded. */
export interface Category {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly skippedFiles: readonly SkippedFile[];
  /** Notices for the user before training: a single class, masks without images, and so on. */
  readonly notices: readonly string[];
  /** Absent if it has MVTec's own layout, in which folders have one meaning. */
  readonly mapped?: MappedFiles;
}

/** The place of a picture among those of its image, which was cut into tiles along its longer side. */
export interface Tile {
  /** From 0, at the left or at the top. */
  readonly index: number;
  /** At least 2. */
  readonly count: number;
}

/** Facts about an image that are known once it is decoded. */
export interface SampleInfo {
  readonly path: string;
  readonly split: Split;
  readonly defectType: string;
  readonly anomalous: boolean;
  /** Whether it is a training image that no run trains on. */
  readonly heldOut?: boolean;
  readonly hasMask: boolean;
  /** Size of the file's image in pixels, before the resize. */
  readonly width: number;
  readonly height: number;
  /** In an image set: the place of this picture, if its image has several. */
  readonly tile?: Tile;
}

/** A category decoded with one framing: the input of a training worker. */
export interface ImageSet extends Framing {
  readonly name: string;
  /** One for each picture: an image that was cut into tiles has several, in order (`core/tiles.ts`). */
  readonly samples: readonly SampleInfo[];
  /** RGB bytes of all pictures in order, [samples.length, S, S, 3], 0 to 255. */
  readonly pixels: Uint8Array;
  /** Masks of the samples with `hasMask`, in order, [count, S, S], 0 or 1. */
  readonly masks: Uint8Array;
  /** Counts and duplicates of the images; undefined if unknown. */
  readonly facts?: DataFacts;
}

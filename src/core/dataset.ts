/** What a loaded category is, as plain data shared by the page, the workers and the exports. */
import type { DataFacts } from './paper-differences/data-facts.ts';

export type Split = 'train' | 'test';

/** Where a sample's bytes come from: a file that the user gave, or the procedural sample category. */
export type SampleSource =
  | { readonly kind: 'file'; readonly image: Blob; readonly mask: Blob | undefined }
  | { readonly kind: 'synthetic'; readonly seed: number; readonly index: number };

/** One image of a category, before it is decoded. */
export interface Sample {
  /** Path inside the category, `test/broken_large/007.png`; unique in it. */
  readonly path: string;
  readonly split: Split;
  /** Name of the folder below the split; `good` where the image is normal. */
  readonly defectType: string;
  readonly anomalous: boolean;
  /** Path of the mask inside the category, where there is one. */
  readonly maskPath: string | undefined;
  readonly source: SampleSource;
}

/** A file that was not taken, and why, in words for the user. */
export interface SetAside {
  readonly path: string;
  readonly reason: string;
}

/** A category as found in a folder: nothing is decoded yet. */
export interface Category {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly setAside: readonly SetAside[];
  /** What the user should know before training: one class only, masks without images, and the like. */
  readonly notices: readonly string[];
}

/** What is known of an image once it is decoded. */
export interface SampleInfo {
  readonly path: string;
  readonly split: Split;
  readonly defectType: string;
  readonly anomalous: boolean;
  readonly hasMask: boolean;
  /** Size of the file's image in pixels, before the resize. */
  readonly width: number;
  readonly height: number;
}

/** A decoded category at one side: what a training worker is given. */
export interface ImageSet {
  readonly name: string;
  /** Side S in pixels. */
  readonly side: number;
  readonly samples: readonly SampleInfo[];
  /** RGB bytes of all samples in order, [samples.length, S, S, 3], 0 to 255. */
  readonly pixels: Uint8Array;
  /** Masks of the samples with `hasMask`, in order, [count, S, S], 0 or 1. */
  readonly masks: Uint8Array;
  /** What is known of the images as data; undefined if nothing is. */
  readonly facts?: DataFacts;
}

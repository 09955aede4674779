/** The page's way to images: finds the categories in a drop, and has a pool of workers decode one. */
import type { Category, ImageSet, SetAside } from '#core/dataset.ts';

export { type DroppedFile, type ScanResult, scanFiles } from '#data/scan/scan-files.ts';
export { type SampleKind, sampleCategory } from '#data/synthetic/sample-category.ts';

/** Small pictures of all samples of an image set, in its order. */
export interface Thumbnails {
  /** Side of each thumbnail in pixels. */
  readonly side: number;
  /**
   * RGBA bytes, [samples.length, side, side, 4], opaque. The n-th is
   * `new ImageData(pixels.subarray(n * side * side * 4, (n + 1) * side * side * 4), side, side)`.
   */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** A category decoded at one side. */
export interface DecodedCategory {
  readonly images: ImageSet;
  /** All files not taken: the category's own, followed by those that could not be decoded. */
  readonly setAside: readonly SetAside[];
  readonly thumbnails: Thumbnails;
  /** All notices: the category's own, followed by what decoding showed. */
  readonly notices: readonly string[];
}

/** What one decoding may report and be stopped by. */
export interface DecodeOptions {
  /** Called after each image with the number of images done, and of all images. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects the decoding with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Other categories of the same folder: the training images are compared with theirs by content. */
  readonly others?: readonly Category[];
}

/** Decodes categories in workers, which start with the first decoding and stay for the next. */
export interface DatasetClient {
  /**
   * Decodes and resizes all samples of a category.
   * @param side side S in pixels of the square images
   * @throws ResiduaError (as rejection) `unreadable-image` where no training image could be decoded,
   *   `out-of-memory` where the arrays do not fit.
   */
  decode(category: Category, side: number, options?: DecodeOptions): Promise<DecodedCategory>;
  /** Ends the workers; a decoding under way is rejected. */
  dispose(): void;
}

/** Makes a client; starts nothing yet. What decodes is loaded with the first category, and workers start with it. */
export const createDatasetClient = (): DatasetClient => {
  let decoder: Promise<DatasetClient> | undefined;
  return {
    decode: async (category, side, options) => {
      decoder ??= import('./category-decoder.ts').then(({ createCategoryDecoder }) =>
        createCategoryDecoder(),
      );
      return (await decoder).decode(category, side, options);
    },
    dispose: () => void decoder?.then(({ dispose }) => dispose()),
  };
};

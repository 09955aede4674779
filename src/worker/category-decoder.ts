/** Decodes categories in a pool of workers. */
import type { Category, ImageSet, SetAside } from '#core/dataset.ts';
import { CategoryAssembly } from '#data/assemble.ts';
import { foreignImagesOf } from '#data/duplicates/foreign-images.ts';
import { DecodePool, decodeWorkerCount } from './decode-pool.ts';

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

/** Side of the thumbnails in pixels. */
const thumbnailSide = 96;

/** Makes a decoder; starts nothing yet. */
export const createCategoryDecoder = (): DatasetClient => {
  const pool = new DecodePool(
    decodeWorkerCount(navigator.hardwareConcurrency),
    () => new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    decode: async (category, side, { onProgress, signal, others = [] } = {}) => {
      const total = category.samples.length;
      const jobs = category.samples.map(({ source }) => ({ source, side, thumbnailSide }));
      const assembly = new CategoryAssembly(category, side, thumbnailSide);
      let done = 0;
      await pool.decodeAll(
        jobs,
        (index, outcome) => {
          assembly.add(index, outcome);
          onProgress?.(++done, total);
        },
        signal,
      );
      const { images, thumbnails, contentHashes, ...decoded } = assembly.finish();
      const foreign = await foreignImagesOf(category, contentHashes, others, signal);
      return {
        ...decoded,
        images: { ...images, facts: { ...images.facts, foreign } },
        thumbnails: { side: thumbnailSide, pixels: thumbnails },
      };
    },
    dispose: () => pool.dispose(),
  };
};

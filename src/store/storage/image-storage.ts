/** The storage of kept images, which the browser's database implements. */
import type { ImagesKey, ImagesRecord, KeptImages } from './kept-images.ts';

/** Number of kept image sets: the oldest beyond them are removed. */
export const mostImageSets = 2;

/** An open storage. All its methods reject with a `ResiduaError`, `storage-full` or `storage-failed`. */
export interface ImageStorage {
  /** Newest first. */
  list(): Promise<readonly ImagesRecord[]>;
  /** Keeps an image set, or replaces that of the same category and side. If that fails, nothing changes. */
  write(images: KeptImages): Promise<void>;
  /** Reads an image set; undefined if it is not kept. The caller owns the arrays. */
  read(key: ImagesKey): Promise<KeptImages | undefined>;
  /** Removes all kept images. */
  clear(): Promise<void>;
}

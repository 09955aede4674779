/** The page's way to images: finds the categories in a drop, and has a pool of workers decode one. */
import type { DatasetClient } from './category-decoder.ts';

export { type DroppedFile, type ScanResult, scanFiles } from '#data/scan/scan-files.ts';
export { type SampleKind, sampleCategory } from '#data/synthetic/sample-category.ts';
export type { DatasetClient, DecodedCategory, DecodeOptions, Thumbnails } from './category-decoder.ts';

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

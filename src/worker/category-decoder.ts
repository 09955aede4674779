/** Decodes categories in a pool of workers. */
import { CategoryAssembly } from '#data/assemble.ts';
import { foreignImagesOf } from '#data/duplicates/foreign-images.ts';
import type { DatasetClient } from './dataset-client.ts';
import { DecodePool, decodeWorkerCount } from './decode-pool.ts';

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

/** Good images of the sample category, as examples on a page. The loaded images stay as they are. */
import type { Clients } from '../clients.ts';

export interface SampleImageActions {
  /**
   * Draws the first good training images of the procedural sample category.
   * @param count at most this many images
   * @param side S in pixels
   * @param signal aborts with its reason
   * @returns RGB bytes, [count, S, S, 3]
   */
  goodSampleImages(count: number, side: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** Creates the action. */
export const createSampleImageActions = ({
  dataset,
  sampleCategory,
}: Pick<Clients, 'dataset' | 'sampleCategory'>): SampleImageActions => ({
  goodSampleImages: async (count, side, signal) => {
    const category = sampleCategory();
    const samples = category.samples
      .filter(({ split, anomalous }) => split === 'train' && !anomalous)
      .slice(0, count);
    const { images } = await dataset.decode({ ...category, samples }, { side, fit: 'squeeze' }, { signal });
    return images.pixels;
  },
});

/** A small part of the sample category: real images that Node, a browser and PyTorch can all see. */
import type { ImageSet } from '#core/dataset.ts';
import { resizeRgb } from '#data/resize/resize-rgb.ts';
import { renderSample } from '#data/synthetic/render-sample.ts';
import { sampleCategory } from '#data/synthetic/sample-category.ts';

const seed = 1;

/** Number of training images, then of good and of anomalous test images. */
const counts = { train: 12, good: 3, anomalous: 3 };

/** @returns the chosen samples with their images, 256 x 256 */
export const renderedImages = () => {
  const { samples } = sampleCategory('machined-part', seed);
  const kindOf = (index: number): keyof typeof counts => {
    const { split, anomalous } = samples[index]!;
    if (split === 'train') return 'train';
    return anomalous ? 'anomalous' : 'good';
  };
  const seen = { train: 0, good: 0, anomalous: 0 };
  return samples.flatMap((sample, index) => {
    const kind = kindOf(index);
    if (++seen[kind] > counts[kind]) return [];
    return [{ ...sample, ...renderSample(seed, index) }];
  });
};

export type RenderedImage = ReturnType<typeof renderedImages>[number];

/** The images as the app decodes them, without masks. */
export const renderedSet = (rendered: readonly RenderedImage[], side: number): ImageSet => {
  const pixels = new Uint8Array(rendered.length * side * side * 3);
  rendered.forEach(({ image }, index) => {
    pixels.set(resizeRgb(image, side), index * side * side * 3);
  });
  return {
    name: 'part',
    side,
    fit: 'squeeze',
    samples: rendered.map(({ path, split, defectType, anomalous, image: { width, height } }) => ({
      path,
      split,
      defectType,
      anomalous,
      hasMask: false,
      width,
      height,
    })),
    pixels,
    masks: new Uint8Array(0),
  };
};

/** A small part of the sample category: real images that Node, a browser and PyTorch can all see. */
import type { ImageSet, SampleInfo } from '#core/dataset.ts';
import type { Fit } from '#core/fit.ts';
import { regionOf } from '#core/picture-region.ts';
import { picturesOf } from '#core/tiles.ts';
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

/** The images without their upper and lower parts, which makes them three tiles long. */
export const longImages = (): readonly RenderedImage[] =>
  renderedImages().map((rendered) => {
    const { width, pixels } = rendered.image;
    const height = 100;
    const top = 3 * width * 78;
    return {
      ...rendered,
      image: { ...rendered.image, height, pixels: pixels.slice(top, top + 3 * width * height) },
    };
  });

/** The images as the app decodes them, without masks. */
export const renderedSet = (
  rendered: readonly RenderedImage[],
  side: number,
  fit: Fit = 'squeeze',
): ImageSet => {
  const imageOf = new Map(rendered.map(({ path, image }) => [path, image]));
  const samples = picturesOf(
    rendered.map(
      ({ path, split, defectType, anomalous, image: { width, height } }): SampleInfo => ({
        path,
        split,
        defectType,
        anomalous,
        hasMask: false,
        width,
        height,
      }),
    ),
    fit,
  );
  const pixels = new Uint8Array(samples.length * side * side * 3);
  for (const [index, { path, width, height, tile }] of samples.entries()) {
    const region = regionOf(width, height, fit, tile?.index);
    pixels.set(resizeRgb(imageOf.get(path)!, side, region), index * side * side * 3);
  }
  return { name: 'part', side, fit, samples, pixels, masks: new Uint8Array(0) };
};

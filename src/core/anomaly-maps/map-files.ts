/** The anomaly maps of test images as files, in the tree that MVTec's evaluation reads. */
import type { BundlePart } from '../bundle/zip-parts.ts';
import type { SampleInfo } from '../dataset.ts';
import type { Framing } from '../fit.ts';
import { encodeFloatTiff } from './float-tiff.ts';
import { mapSizeOf, resizeMap } from './resize-map.ts';

/** The size of the maps: that of the image's file, which MVTec's evaluation needs, or that of the model's input. */
export const mapSizes = ['original', 'model'] as const;
export type MapSize = (typeof mapSizes)[number];

/** Maps of one category. */
export interface AnomalyMaps extends Framing {
  readonly category: string;
  /** Of the test images; each map has the size `mapSizeOf`, row-major. */
  readonly images: readonly (Pick<SampleInfo, 'path' | 'defectType' | 'width' | 'height'> & {
    readonly map: Float32Array;
  })[];
}

/** `test/crack/000.png` without its end; a path of another layout gets the folders of this one. */
const placeOf = ({ path, defectType }: Pick<SampleInfo, 'path' | 'defectType'>): string => {
  const stem = path.replace(/\.[^./]*$/, '');
  if (stem.startsWith(`test/${defectType}/`)) return stem;
  return `test/${defectType}/${stem.replaceAll('/', '-')}`;
};

/** Bytes of all files, without their headers. */
export const mapBytes = (
  { images, ...framing }: Framing & { readonly images: readonly Pick<SampleInfo, 'width' | 'height'>[] },
  size: MapSize,
): number =>
  images.reduce((sum, image) => {
    const { width, height } = size === 'model' ? mapSizeOf(image.width, image.height, framing) : image;
    return sum + 4 * width * height;
  }, 0);

/** Writes one file after the other: `anomaly_maps/<category>/test/<type>/<name>.tiff`, float32. */
export function* mapFiles(
  { category, images, ...framing }: AnomalyMaps,
  size: MapSize,
): Generator<BundlePart> {
  for (const image of images) {
    const { width, height } = size === 'model' ? mapSizeOf(image.width, image.height, framing) : image;
    const map = size === 'model' ? image.map : resizeMap(image.map, framing, width, height);
    yield {
      name: `anomaly_maps/${category}/${placeOf(image)}.tiff`,
      bytes: encodeFloatTiff(map, width, height),
    };
  }
}

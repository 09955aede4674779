/** Images and their pictures: an image that was cut into tiles has several pictures, which follow each other in an image set. */
import type { SampleInfo } from './dataset.ts';
import type { Fit } from './fit.ts';
import { pictureCount } from './picture-region.ts';

type Pictures = readonly Pick<SampleInfo, 'tile'>[];

/** A picture to show. */
export interface ShownPlace {
  /** Of its image, among the images. */
  readonly index: number;
  /** Place of the tile, if the image is cut into tiles; by default the one with the largest score, or the first without scores. */
  readonly tile?: number | undefined;
}

/** Whether a picture is the first of its image. */
export const isFirstPicture = ({ tile }: Pick<SampleInfo, 'tile'>): boolean => (tile?.index ?? 0) === 0;

/** The pictures of some images, in order. */
export const picturesOf = (images: readonly SampleInfo[], fit: Fit): SampleInfo[] =>
  images.flatMap((image) => {
    const count = pictureCount(image.width, image.height, fit);
    if (count === 1) return [image];
    return Array.from({ length: count }, (_, index) => ({ ...image, tile: { index, count } }));
  });

/** The images of some pictures, in order. */
export const imagesOf = (pictures: readonly SampleInfo[]): SampleInfo[] =>
  pictures.filter(isFirstPicture).map(({ tile: _, ...image }) => image);

/** Whether each image is anomalous, in the order of its first picture among some. */
export const imageLabels = (
  pictures: readonly Pick<SampleInfo, 'tile' | 'anomalous'>[],
  indices: readonly number[],
): boolean[] =>
  indices
    .map((index) => pictures[index]!)
    .filter(isFirstPicture)
    .map(({ anomalous }) => anomalous);

const known = new WeakMap<Pictures, readonly number[]>();

/** Index of the first picture of each image. */
const firstPictures = (pictures: Pictures): readonly number[] => {
  const before = known.get(pictures);
  if (before) return before;
  const first = pictures.flatMap((picture, index) => (isFirstPicture(picture) ? [index] : []));
  known.set(pictures, first);
  return first;
};

/**
 * Returns the indices of all pictures of an image, ascending.
 * @param image its index among the images
 * @returns none if there is no such image
 */
export const picturesOfImage = (pictures: Pictures, image: number): readonly number[] => {
  const first = firstPictures(pictures)[image];
  if (first === undefined) return [];
  return Array.from({ length: pictures[first]?.tile?.count ?? 1 }, (_, place) => first + place);
};

/** Index, among the images, of the image that a picture is of. */
export const imageOfPicture = (pictures: Pictures, picture: number): number => {
  const first = firstPictures(pictures);
  let [low, high] = [0, first.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (first[middle]! <= picture) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** A small set of wide images in two tiles each, made of the pictures of `tinyImages`. */
import type { ImageSet, SampleInfo } from '#core/dataset.ts';
import { imageBytes, imageMask } from '#core/image-bytes.ts';
import { picturesOf } from '#core/tiles.ts';
import { tinyImages } from './tiny-images.ts';

/**
 * @param side side S of a tile in pixels
 * @param train number of training images
 * @param test number of test images; every second one is anomalous, with a bright square in its second tile only
 */
export const tiledImages = (side: number, train: number, test: number): ImageSet => {
  const source = tinyImages(side, 2 * train, 4 * test);
  const images: SampleInfo[] = Array.from({ length: train + test }, (_, image) => {
    const isTrain = image < train;
    const anomalous = !isTrain && (image - train) % 2 === 1;
    const defectType = anomalous ? 'square' : 'good';
    const split = isTrain ? 'train' : 'test';
    const path = `${split}/${defectType}/${String(image).padStart(3, '0')}.png`;
    return { path, split, defectType, anomalous, hasMask: anomalous, width: 2 * side, height: side };
  });
  const samples = picturesOf(images, 'tiles');
  const masks: Uint8Array[] = [];
  const pixels = new Uint8Array(samples.length * side * side * 3);
  for (const [picture, { split, anomalous, tile }] of samples.entries()) {
    // Of the test pictures, even ones are good.
    const first = 2 * train + 2 * (picture - 2 * train);
    const isDefect = anomalous && tile?.index === 1;
    const from = split === 'train' ? picture : isDefect ? first + 1 : first;
    pixels.set(imageBytes(source, from), picture * side * side * 3);
    if (anomalous) masks.push(imageMask(source, from) ?? new Uint8Array(side * side));
  }
  return {
    ...{ name: 'tiled', side, fit: 'tiles', samples, pixels },
    masks: Uint8Array.from(masks.flatMap((mask) => [...mask])),
  };
};

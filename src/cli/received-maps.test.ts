import { expect, it } from 'vitest';
import { type MapHeader, receivedMaps } from './received-maps.ts';

const image = (path: string, width: number, height: number) => ({ path, defectType: 'cut', width, height });
const header = {
  ...{ category: 'part', side: 2, fit: 'tiles' },
  images: [image('square', 9, 9), image('wide', 12, 8), image('tall', 8, 20)],
} as const satisfies MapHeader;

const bytesOf = (count: number): Buffer =>
  Buffer.from(Float32Array.from({ length: count }, (_, at) => at).buffer);

it('each received map has the size of its image, also if it is stitched', () => {
  // 2 x 2, 3 x 2 and 2 x 5 pixels.
  const { images, ...rest } = receivedMaps(header, bytesOf(20));
  expect(rest).toEqual({ category: 'part', side: 2, fit: 'tiles' });
  expect(images.map(({ path, map }) => [path, ...map])).toEqual([
    ['square', 0, 1, 2, 3],
    ['wide', 4, 5, 6, 7, 8, 9],
    ['tall', 10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
  ]);
});

it('received maps are all there', () => {
  expect(() => receivedMaps(header, bytesOf(12))).toThrow(RangeError);
  expect(() => receivedMaps(header, bytesOf(21))).toThrow(/84 bytes, expected 80/);
  expect(
    receivedMaps({ ...header, fit: 'squeeze' }, bytesOf(12)).images.map(({ map }) => map.length),
  ).toEqual([4, 4, 4]);
});

import { decode } from 'tiff';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { encodeFloatTiff } from './float-tiff.ts';
import { type AnomalyMaps, mapBytes, mapFiles } from './map-files.ts';
import { resizeMap } from './resize-map.ts';

const side = 8;
const map = hashValues(side * side, 1, 0, 1e4);

const maps: AnomalyMaps = {
  category: 'bottle',
  side,
  fit: 'squeeze',
  images: [
    { path: 'test/crack/000.png', defectType: 'crack', width: 20, height: 5, map },
    { path: 'ko/a/b.bmp', defectType: 'ko', width: 8, height: 8, map },
  ],
};

describe('anomaly maps as files', () => {
  it('lie in the tree of MVTec’s evaluation, at the size of each image', () => {
    const files = [...mapFiles(maps, 'original')];
    expect(files.map(({ name }) => name)).toEqual([
      'anomaly_maps/bottle/test/crack/000.tiff',
      'anomaly_maps/bottle/test/ko/ko-a-b.tiff',
    ]);
    const [image] = decode(files[0]!.bytes);
    expect(image).toMatchObject({ width: 20, height: 5, bitsPerSample: 32, sampleFormat: 3 });
    expect(largestDifference(image!.data, resizeMap(map, { side: side, fit: 'squeeze' }, 20, 5))).toBe(0);
    expect(mapBytes(maps, 'original')).toBe(4 * (20 * 5 + 8 * 8));
  });

  it('have the values of the map at the size of the model, bit for bit', () => {
    for (const { bytes } of mapFiles(maps, 'model')) {
      const [image] = decode(bytes);
      expect(image).toMatchObject({ width: side, height: side });
      expect(largestDifference(image!.data, map)).toBe(0);
    }
    expect(mapBytes(maps, 'model')).toBe(2 * 4 * side * side);
  });

  it('keep values that no image has', () => {
    const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-40);
    const [image] = decode(encodeFloatTiff(values, 4, 1));
    expect(Array.from(image!.data)).toEqual(Array.from(values));
  });
});

describe('a resized map', () => {
  it('keeps a constant, and is the same at the same size', () => {
    const constant = new Float32Array(side * side).fill(7);
    expect(
      Math.max(
        ...resizeMap(constant, { side: side, fit: 'squeeze' }, 21, 13).map((value) => Math.abs(value - 7)),
      ),
    ).toBeLessThan(1e-6);
    expect(resizeMap(map, { side: side, fit: 'squeeze' }, side, side)).toEqual(map);
  });

  it('interpolates between the centers of pixels', () => {
    const ramp = Float32Array.of(0, 1, 0, 1);
    expect(Array.from(resizeMap(ramp, { side: 2, fit: 'squeeze' }, 4, 1))).toEqual([0, 0.25, 0.75, 1]);
  });

  it('lies in the region of its picture: a crop leaves zeros, and a padding is cut off', () => {
    const ones = new Float32Array(4).fill(1);
    const crop = resizeMap(ones, { side: 2, fit: 'crop' }, 5, 2);
    expect(Array.from(crop)).toEqual([0, 1, 1, 0, 0, 0, 1, 1, 0, 0]);
    // The rows 0 and 1 of the picture are rows -1 to 0 and 1 to 2 of an image of 4 x 2 pixels.
    const rows = resizeMap(Float32Array.of(1, 1, 3, 3), { side: 2, fit: 'pad' }, 4, 2);
    expect(Array.from(rows)).toEqual([1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 2.5]);
  });
});

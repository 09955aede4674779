import { describe, expect, it } from 'vitest';
import type { Category, Sample } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Fit } from '#core/fit.ts';
import { CategoryAssembly } from './assemble.ts';
import type { DecodedSample } from './decode/decode-sample.ts';

const sampleOf = (path: string, hasMask = false): Sample => {
  const [split, defectType, name] = path.split('/');
  return {
    path,
    split: split === 'train' ? 'train' : 'test',
    defectType,
    anomalous: defectType !== 'good',
    maskPath: hasMask ? `ground_truth/${defectType}/${name}` : undefined,
    source: { kind: 'synthetic', seed: 0, index: 0 },
  };
};

const category: Category = {
  name: 'nut',
  samples: [
    sampleOf('train/good/0.png'),
    sampleOf('train/good/1.png'),
    sampleOf('test/good/0.png'),
    sampleOf('test/bent/0.png', true),
    sampleOf('test/bent/1.png', true),
    sampleOf('test/bent/2.png'),
  ],
  skippedFiles: [{ path: 'readme.txt', reason: 'Text, not an image.' }],
  notices: ['1 of 3 defect images has no mask.'],
};

const side = 2;

const decodedOf = (value: number, more: Partial<DecodedSample> = {}): DecodedSample => ({
  width: 10,
  height: 10,
  transparent: false,
  rotated: false,
  pixels: new Uint8Array(side * side * 3).fill(value),
  thumbnail: new Uint8ClampedArray(4).fill(value),
  mask: undefined,
  maskEmpty: false,
  maskThin: false,
  maskCropped: false,
  maskProblem: undefined,
  contentHash: undefined,
  ...more,
});

const masked = (value: number): DecodedSample =>
  decodedOf(value, { mask: new Uint8Array(side * side).fill(value % 2) });
const broken = new ResiduaError('unreadable-image', 'It is a truncated PNG.', 'Replace it.');

const assemble = (outcomes: readonly (DecodedSample | ResiduaError)[], fit: Fit = 'squeeze') => {
  const assembly = new CategoryAssembly(category, { side, fit }, 1);
  // Workers finish in arbitrary order.
  for (const [index, outcome] of [...outcomes.entries()].reverse()) assembly.add(index, outcome);
  return assembly.finish();
};

const valuesOf = (array: ArrayLike<number>, stride: number): number[] =>
  Array.from({ length: array.length / stride }, (_, index) => array[index * stride]);

const whole = [decodedOf(10), decodedOf(11), decodedOf(12), masked(13), masked(14), decodedOf(15)];

describe('assembling an image set', () => {
  it('preserves the order of the samples, and packs existing masks', () => {
    const { images, thumbnails, skippedFiles, notices } = assemble(whole);
    expect(images.samples.map(({ path, hasMask }) => [path, hasMask])).toEqual([
      ['train/good/0.png', false],
      ['train/good/1.png', false],
      ['test/good/0.png', false],
      ['test/bent/0.png', true],
      ['test/bent/1.png', true],
      ['test/bent/2.png', false],
    ]);
    expect([images.name, images.side, images.pixels.length, images.masks.length]).toEqual([
      'nut',
      2,
      6 * 12,
      2 * 4,
    ]);
    expect(valuesOf(images.pixels, 12)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(valuesOf(images.masks, 4)).toEqual([1, 0]);
    expect(valuesOf(thumbnails, 4)).toEqual([10, 11, 12, 13, 14, 15]);
    expect([skippedFiles, notices]).toEqual([category.skippedFiles, category.notices]);
  });

  it('skips unreadable images with their arrays, and says why', () => {
    const { images, thumbnails, skippedFiles, notices } = assemble([
      broken,
      whole[1],
      whole[2],
      broken,
      masked(15),
      whole[5],
    ]);
    expect(images.samples.map(({ path }) => path)).toEqual([
      'train/good/1.png',
      'test/good/0.png',
      'test/bent/1.png',
      'test/bent/2.png',
    ]);
    expect(valuesOf(images.pixels, 12)).toEqual([11, 12, 15, 15]);
    expect(valuesOf(images.masks, 4)).toEqual([1]);
    expect(valuesOf(thumbnails, 4)).toEqual([11, 12, 15, 15]);
    expect(skippedFiles).toEqual([
      ...category.skippedFiles,
      { path: 'train/good/0.png', reason: 'It is a truncated PNG.' },
      { path: 'test/bent/0.png', reason: 'It is a truncated PNG.' },
    ]);
    expect(notices).toContain('2 images could not be read and were skipped.');
  });

  it('counts the images, and finds duplicates', () => {
    const { images, contentHashes } = assemble([
      decodedOf(10, { contentHash: 'a' }),
      broken,
      decodedOf(12, { contentHash: 'b' }),
      decodedOf(13, { contentHash: 'a' }),
      ...whole.slice(4),
    ]);
    expect(images.facts).toMatchObject({
      category: 'nut',
      counts: { train: 1, testGood: 1, testAnomalous: 3 },
      unreadable: 1,
      duplicates: {
        trainAndTestAnomalous: { count: 1, example: ['train/good/0.png', 'test/bent/0.png'] },
        trainAndTestGood: undefined,
      },
    });
    expect([...contentHashes]).toEqual([
      ['train/good/0.png', 'a'],
      ['test/good/0.png', 'b'],
      ['test/bent/0.png', 'a'],
    ]);
  });

  it('skips an unusable mask, but not its image', () => {
    const unused = decodedOf(13, { maskProblem: 'It is empty: 0 bytes.' });
    const { images, skippedFiles, notices } = assemble([...whole.slice(0, 3), unused, ...whole.slice(4)]);
    expect(images.samples[3]).toMatchObject({ path: 'test/bent/0.png', hasMask: false });
    expect(valuesOf(images.masks, 4)).toEqual([0]);
    expect(skippedFiles.at(-1)).toEqual({ path: 'ground_truth/bent/0.png', reason: 'It is empty: 0 bytes.' });
    expect(notices).toContain('1 mask could not be used.');
  });

  it('reports transparency, ignored rotations, images that are not square, and empty masks', () => {
    const { notices } = assemble([
      decodedOf(1, { transparent: true }),
      decodedOf(1, { transparent: true, width: 900 }),
      decodedOf(1, { width: 1000, height: 1001, rotated: true }),
      { ...masked(2), maskEmpty: true },
      ...whole.slice(4),
    ]);
    expect(notices.slice(1)).toEqual([
      '2 images have transparent pixels, which became black.',
      '1 image has an EXIF orientation, which is ignored: its pixels are used as stored.',
      '1 image is not square and was squeezed into a square: its frequencies along the longer side rise, by a factor of up to 90.00. Fit offers padding and a center crop.',
      '1 mask of a defect image marks no pixel.',
    ]);
  });

  it('reports what a padding or a crop does to images that are not square', () => {
    const noticeOf = (fit: Fit, ...outcomes: readonly DecodedSample[]) =>
      assemble([...outcomes, ...whole.slice(outcomes.length)], fit).notices.slice(1);
    const wide = decodedOf(1, { width: 40 });
    expect(noticeOf('pad', wide)).toEqual([
      '1 image is not square and was padded to a square: up to 75 % of a picture repeats the edge. Masks and pixel metrics leave that out; losses and scores count it.',
    ]);
    expect(noticeOf('crop', wide, decodedOf(1, { height: 20 }))).toEqual([
      '2 images are not square and were cropped to their centers: the model does not see up to 75 % of an image.',
    ]);
    expect(noticeOf('crop', ...whole.slice(0, 3), { ...masked(2), maskCropped: true })).toEqual([
      '1 defect image has its whole defect outside the crop: the model cannot find it.',
    ]);
  });

  it('counts thin masks, naming the side', () => {
    const thin = { ...masked(1), maskThin: true };
    expect(assemble([...whole.slice(0, 3), thin, ...whole.slice(4)]).notices.slice(1)).toEqual([
      '1 mask is thin at side 2: no pixel is at least half covered, so the most covered pixels are marked.',
    ]);
    expect(assemble([...whole.slice(0, 3), thin, thin, whole[5]]).notices.slice(1)).toEqual([
      '2 masks are thin at side 2: no pixel is at least half covered, so the most covered pixels are marked.',
    ]);
  });

  it('reports if only one class of test images could be read', () => {
    const { notices } = assemble([...whole.slice(0, 2), broken, ...whole.slice(3)]);
    expect(notices.at(-1)).toBe('The readable test images are of one class only: AUROC is undefined.');
  });

  it('rejects a category without a readable training image, naming the first', () => {
    expect(() => assemble([broken, broken, ...whole.slice(2)])).toThrow(
      'None of the 2 training images of nut could be read. train/good/0.png: It is a truncated PNG.',
    );
  });
});

describe('images in tiles', () => {
  const wide = (value: number, more: Partial<DecodedSample> = {}): DecodedSample =>
    decodedOf(value, { width: 25, height: 10, pixels: new Uint8Array(3 * 12).fill(value), ...more });

  it('have a sample, pixels and a mask for each picture, and one thumbnail', () => {
    const mask = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0);
    const { images, thumbnails } = assemble(
      [whole[0], wide(11), broken, wide(13, { mask }), masked(15), whole[5]],
      'tiles',
    );
    expect(images.samples.map(({ path, tile }) => [path, tile?.index, tile?.count])).toEqual([
      ['train/good/0.png', undefined, undefined],
      ...[0, 1, 2].map((index) => ['train/good/1.png', index, 3]),
      ...[0, 1, 2].map((index) => ['test/bent/0.png', index, 3]),
      ['test/bent/1.png', undefined, undefined],
      ['test/bent/2.png', undefined, undefined],
    ]);
    expect(valuesOf(images.pixels, 12)).toEqual([10, 11, 11, 11, 13, 13, 13, 15, 15]);
    expect(valuesOf(images.masks, 4)).toEqual([0, 1, 0, 1]);
    expect(valuesOf(thumbnails, 4)).toEqual([10, 11, 13, 15, 15]);
  });

  it('get a notice that says how many squares they have', () => {
    const { notices } = assemble([whole[0], wide(11), whole[2], masked(13), masked(14), whole[5]], 'tiles');
    expect(notices).toContain(
      '1 image is not square and was cut into overlapping squares, up to 3 for each image. The score of an image is the largest of its squares.',
    );
  });
});

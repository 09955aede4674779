/** A category with hundreds of bad files among its images: each is skipped by name, and no sound image is lost. */
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Category, Sample } from '#core/dataset.ts';
import { asResiduaError } from '#core/errors.ts';
import { createRng } from '#core/rng.ts';
import { hashValues } from '#testing/hash-values.ts';
import { CategoryAssembly } from './assemble.ts';
import { decodeSample } from './decode/decode-sample.ts';
import { chunk, colorTypes, header, join, png, signature } from './testing/png-bytes.ts';
import { tiff } from './testing/tiff-file.ts';

const side = 4;
const thumbnailSide = 1;

type Bytes = Uint8Array<ArrayBuffer>;

/** A PNG of one gray. */
const sound = (gray: number): Bytes => png({ width: 1, depth: 8, type: 'gray' }, [[gray]]);

const end = chunk('IEND', new Uint8Array(0));

/** A PNG of 2 x 2 pixels with these bytes in place of its data. */
const withData = (...data: readonly Uint8Array[]): Bytes =>
  join(signature, header(2, 2, 8, colorTypes.gray), ...data, end);

const wholePng = png({ width: 3, depth: 8, type: 'rgb' }, [
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [9, 8, 7, 6, 5, 4, 3, 2, 1],
]);
const wholeTiff = tiff({ width: 3, bits: 8, samples: 1, photometric: 1 }, [1, 2, 3, 4, 5, 6]);

/** All shorter beginnings of a file. */
const cutOff = (whole: Uint8Array): readonly Bytes[] =>
  Array.from(whole, (_, length) => Uint8Array.from(whole.subarray(0, length)));

const bytesOf = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

/** Headers of images that would need up to gigabytes. */
const huge = [40_000, 100_000, 2 ** 24, 2 ** 31].flatMap((size): readonly Bytes[] => {
  const little = Array.from({ length: 4 }, (_, place) => (size >>> (8 * place)) & 255);
  const webp = Math.min(size, 2 ** 24) - 1;
  const webpSide = [webp & 255, (webp >> 8) & 255, webp >> 16];
  return [
    join(signature, header(size, 1, 1, colorTypes.gray), chunk('IDAT', deflateSync(new Uint8Array(9))), end),
    join(signature, header(1, size, 8, colorTypes.rgba), chunk('IDAT', deflateSync(new Uint8Array(9))), end),
    Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 9, 8, 0xff, 0xff, 0xff, 0xff, 1, 1]),
    Uint8Array.from([...bytesOf('BM'), ...Array(12).fill(0), 40, 0, 0, 0, ...little, ...little, 1, 0, 24, 0]),
    Uint8Array.from([...bytesOf('RIFF....WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, ...webpSide, ...webpSide]),
  ];
});

const noise = (seed: number): Bytes =>
  Uint8Array.from(hashValues(40 + (seed % 50), seed), (value) => Math.floor(128 * (value + 1)) & 255);

const oneByteChanged = (seed: number): Bytes => {
  const rng = createRng(seed, 'corpus');
  // Behind the signature and the length of IHDR: the checksums then are wrong.
  const damaged = Uint8Array.from(wholePng);
  damaged[12 + Math.floor(rng.uniform() * 17)]! ^= 1 + Math.floor(rng.uniform() * 255);
  return damaged;
};

const many = (count: number, make: (index: number) => Bytes): readonly Bytes[] =>
  Array.from({ length: count }, (_, index) => make(index));

const corpus: Readonly<Record<string, readonly Bytes[]>> = {
  // The rear of a TIFF may hold unneeded tags only.
  'cut off': [...cutOff(wholePng), ...cutOff(wholeTiff).slice(0, 100)],
  huge,
  noise: many(60, noise),
  'noise in png': many(40, (index) => join(signature, noise(index))),
  'noise as data': many(40, (index) => withData(chunk('IDAT', noise(index)))),
  'too little data': many(5, (length) => withData(chunk('IDAT', deflateSync(new Uint8Array(length))))),
  'no data': [withData(), withData(chunk('tEXt', noise(1))), join(signature, end)],
  'changed header': many(60, oneByteChanged),
  bomb: [withData(chunk('IDAT', deflateSync(new Uint8Array(16e6))))],
  'no image': ['', 'a text', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'GIF89a'].map((text) =>
    Uint8Array.from(bytesOf(text)),
  ),
};

/** A sample per file, with a sound one before each. */
const files = Object.entries(corpus).flatMap(([kind, bad]) =>
  bad.flatMap((bytes, index) => [
    { path: `train/good/${kind} ${index} sound.png`, bytes: sound(index % 256), isSound: true },
    { path: `train/good/${kind} ${index}.png`, bytes, isSound: false },
  ]),
);

const category: Category = {
  name: 'hostile',
  samples: files.map(
    ({ path, bytes }): Sample => ({
      path,
      split: 'train',
      defectType: 'good',
      anomalous: false,
      maskPath: undefined,
      source: { kind: 'file', image: new Blob([bytes]), masks: [] },
    }),
  ),
  skippedFiles: [],
  notices: [],
};

it('skips at least 300 bad files, each by its name and with a sentence, and loads all others', async () => {
  const assembly = new CategoryAssembly(category, { side, fit: 'squeeze' }, thumbnailSide);
  for (const [index, { source }] of category.samples.entries()) {
    assembly.add(
      index,
      await decodeSample({ source, side, fit: 'squeeze', thumbnailSide }).catch(asResiduaError),
    );
  }
  const { images, skippedFiles } = assembly.finish();
  const [good, bad] = [true, false].map((isSound) => files.filter((file) => file.isSound === isSound));
  expect(bad!.length).toBeGreaterThanOrEqual(300);
  expect(skippedFiles.map(({ path }) => path)).toEqual(bad!.map(({ path }) => path));
  for (const { path, reason } of skippedFiles) expect(reason, path).toMatch(/^It [^{}]+\.$/);
  expect(skippedFiles.filter(({ reason }) => /undefined|NaN|internally|\.\./.test(reason))).toEqual([]);
  expect(images.samples.map(({ path }) => path)).toEqual(good!.map(({ path }) => path));
  const gray = good!.flatMap((_, place) => images.pixels[place * 3 * side ** 2]!);
  expect(gray).toEqual(good!.map(({ path }) => Number(/(\d+) sound/.exec(path)?.[1]) % 256));
}, 60_000);

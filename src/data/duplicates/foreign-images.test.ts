import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Category, Sample } from '#core/dataset.ts';
import { contentHashOf } from './content-hash.ts';
import { foreignImagesOf } from './foreign-images.ts';

const category = (name: string, files: Readonly<Record<string, string>>): Category => ({
  name,
  samples: Object.entries(files).map(
    ([path, content]): Sample => ({
      path,
      split: path.startsWith('train') ? 'train' : 'test',
      defectType: 'good',
      anomalous: false,
      maskPath: undefined,
      source: { kind: 'file', image: new Blob([content]), masks: [] },
    }),
  ),
  skippedFiles: [],
  notices: [],
});

const hashesOf = async ({ samples }: Category): Promise<Map<string, string>> => {
  const hashes = new Map<string, string>();
  for (const { path, source } of samples) {
    const hash = source.kind === 'file' ? await contentHashOf(source.image) : undefined;
    if (hash !== undefined) hashes.set(path, hash);
  }
  return hashes;
};

const bottle = category('bottle', {
  'train/good/0.png': 'same',
  'train/good/1.png': 'same',
  'train/good/2.png': 'own!',
  'test/good/0.png': 'test',
});

it('the hash is SHA-256 of the bytes', async () => {
  expect(await contentHashOf(new Blob(['abc']))).toBe(createHash('sha256').update('abc').digest('hex'));
});

it('training images that another category also has are found in both of its splits', async () => {
  const pill = category('pill', { 'train/good/7.png': 'else', 'test/good/3.png': 'same' });
  expect(await foreignImagesOf(bottle, await hashesOf(bottle), [pill])).toEqual({
    count: 2,
    example: ['train/good/0.png', 'test/good/3.png'],
    category: 'pill',
  });
});

it('test images and other content are not foreign', async () => {
  const pill = category('pill', { 'train/good/7.png': 'test', 'train/good/8.png': 'some' });
  expect(await foreignImagesOf(bottle, await hashesOf(bottle), [pill])).toBe('none');
});

it('a file of another size is not read', async () => {
  const pill = category('pill', { 'train/good/7.png': 'longer' });
  const { source } = pill.samples[0]!;
  if (source.kind !== 'file') throw new Error('no file');
  let read = false;
  source.image.arrayBuffer = () => {
    read = true;
    return Promise.reject(new Error('read'));
  };
  expect(await foreignImagesOf(bottle, await hashesOf(bottle), [pill])).toBe('none');
  expect(read).toBe(false);
});

it('without another category, or without hashes, the result is undefined', async () => {
  expect(await foreignImagesOf(bottle, await hashesOf(bottle), [])).toBeUndefined();
  expect(await foreignImagesOf(bottle, new Map(), [category('pill', {})])).toBeUndefined();
});

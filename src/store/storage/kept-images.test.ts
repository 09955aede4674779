import { expect, it } from 'vitest';
import { type LoadedDataset, summarizeDataset } from '../dataset/state.ts';
import { fakeDecoded } from '../testing/fake-clients.ts';
import { fromKeptImages, toKeptImages } from './kept-images.ts';

const samples = [
  { path: 'train/good/0.png', maskPath: undefined, defectType: 'good' },
  { path: 'test/dent/0.png', maskPath: 'ground_truth/dent/0_mask.png', defectType: 'dent' },
  {
    path: 'test/dent/1.png',
    maskPath: 'ground_truth/dent/1',
    maskPaths: ['ground_truth/dent/1/a.png', 'ground_truth/dent/1/b.png'],
    defectType: 'dent',
  },
].map((sample) => ({
  ...sample,
  split: sample.path.startsWith('train') ? ('train' as const) : ('test' as const),
  anomalous: sample.defectType !== 'good',
  source: { kind: 'kept' } as const,
}));

it('kept images keep the paths of their masks, one or several', () => {
  const category = { name: 'part', samples, skippedFiles: [], notices: [] };
  const decoded = fakeDecoded(category, { side: 2, fit: 'pad' });
  const images = {
    ...decoded.images,
    pixels: new Uint8Array(3 * 4 * 3),
    masks: new Uint8Array(2 * 4),
  };
  const loaded: LoadedDataset = {
    ...decoded,
    ...{ category, side: 2, fit: 'pad', samples: images.samples, outside: [], skippedFiles: [] },
    ...{ facts: undefined, summary: summarizeDataset(images.samples) },
  };
  const restored = fromKeptImages(toKeptImages(loaded, images));
  expect(restored.category.samples).toEqual(samples);
  expect(restored.decoded.images.samples).toEqual(images.samples);
  expect(restored.decoded.images.fit).toBe('pad');
});

import { expect, it } from 'vitest';
import { fakeCategory, fakeDecoded } from '../testing/fake-clients.ts';
import { fitOf, fromKeptImages, type KeptImages } from './kept-images.ts';

const keptOf = (version: number, more: Partial<KeptImages> = {}): KeptImages => {
  const { images, contentHashes, thumbnails } = fakeDecoded(fakeCategory(), { side: 2, fit: 'squeeze' });
  const samples = images.samples.map((sample) => ({ ...sample, maskPath: undefined }));
  const masks = samples.filter(({ hasMask }) => hasMask).length;
  return {
    ...{ version, name: 'bolt', side: 2, samples, facts: undefined, contentHashes, thumbnails },
    ...{ notices: [], outside: [], skippedFiles: [] },
    pixels: new Uint8Array(samples.length * 12),
    masks: new Uint8Array(masks * 4),
    ...more,
  };
};

it('kept images of version 1 are squeezed', () => {
  expect(fitOf({})).toBe('squeeze');
  expect(fromKeptImages(keptOf(1)).decoded.images.fit).toBe('squeeze');
});

it('kept images have their fit, and those of a newer version are refused', () => {
  expect(fromKeptImages(keptOf(2, { fit: 'crop' })).decoded.images.fit).toBe('crop');
  expect(() => fromKeptImages(keptOf(3))).toThrow(/another version of the page/);
});

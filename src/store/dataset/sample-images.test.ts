import { describe, expect, it } from 'vitest';
import { createFakeClients, fakeDecoded } from '../testing/fake-clients.ts';
import { createSampleImageActions } from './sample-images.ts';

describe('good images of the sample category', () => {
  it('are the first good training images, and no others', async () => {
    const fake = createFakeClients();
    const paths: string[] = [];
    fake.decode = async (category, framing) => {
      paths.push(...category.samples.map(({ path }) => path));
      const decoded = fakeDecoded(category, framing);
      return { ...decoded, images: { ...decoded.images, pixels: Uint8Array.of(framing.side) } };
    };
    const { goodSampleImages } = createSampleImageActions(fake.clients);
    expect(await goodSampleImages(3, 64, new AbortController().signal)).toEqual(Uint8Array.of(64));
    expect(paths).toEqual(['train/good/0.png', 'train/good/1.png', 'train/good/2.png']);
  });

  it('are no longer waited for once they are cancelled', async () => {
    const fake = createFakeClients();
    fake.decode = () => new Promise(() => undefined);
    const abort = new AbortController();
    const asked = createSampleImageActions(fake.clients).goodSampleImages(1, 64, abort.signal);
    abort.abort();
    await expect(asked).rejects.toBe(abort.signal.reason);
  });
});

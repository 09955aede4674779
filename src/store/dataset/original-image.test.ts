import { describe, expect, it } from 'vitest';
import { createFakeClients } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

describe('an original image', () => {
  it('is decoded from the file of its sample', async () => {
    const fake = createFakeClients();
    const asked: unknown[] = [];
    fake.clients.dataset.original = async (source) => {
      asked.push(source);
      return { width: 3, height: 2, pixels: new Uint8ClampedArray(24) };
    };
    const { dataset, store } = await startedStore(fake);
    const { path, source } = store.getState().dataset.loaded!.category.samples[5]!;
    expect(await dataset.originalImage(path)).toMatchObject({ width: 3, height: 2 });
    expect(asked).toEqual([source]);
  });

  it('is refused by name if the loaded category has no such image', async () => {
    const { dataset } = await startedStore();
    await expect(dataset.originalImage('test/none.png')).rejects.toThrow(
      'The loaded images have no test/none.png.',
    );
  });
});

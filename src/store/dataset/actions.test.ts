import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import { createFakeClients, fakeCategory, fakeDecoded } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';

const unreadable = new ResiduaError('unreadable-image', 'a.png is empty.', 'Replace it.');

describe('without images', () => {
  it('refuses to train, by a code of its own', async () => {
    const { fake, store, dataset, run } = await startedStore(
      createFakeClients({ loadImages: () => Promise.reject(unreadable) }),
    );
    expect(store.getState().dataset.loaded).toBeUndefined();
    dataset.dismissError();
    fake.decode = () => new Promise(() => undefined);
    await run.start();
    expect(store.getState().run.error).toMatchObject({ code: 'no-images' });
  });
});

describe('an archive', () => {
  const archive = { path: 'nut.tar.xz', file: new File(['x'], 'nut.tar.xz') };

  it('is opened with its progress, and its files are loaded', async () => {
    const { fake, store, dataset } = await startedStore();
    const shown: unknown[] = [];
    const refused = [{ path: 'nut.tar.xz: ../a.png', reason: 'Its path leads out of the archive.' }];
    fake.openArchives = async (_, onOpening) => {
      onOpening('nut.tar.xz', 0.25);
      shown.push(store.getState().dataset.loading);
      return { files: [], skippedFiles: refused };
    };
    fake.setScan({ categories: [fakeCategory('nut')], skippedFiles: [] });
    await dataset.loadFiles([archive]);
    expect(shown).toEqual([{ name: 'nut.tar.xz', side: 0, done: 25, total: 100, opening: true }]);
    expect(store.getState().dataset.loaded?.category.name).toBe('nut');
    expect(store.getState().dataset.loaded?.skippedFiles).toEqual(refused);
    expect(store.getState().dataset.loading).toBeUndefined();
  });

  it('can be canceled, or fail, and the loaded images stay', async () => {
    const { fake, store, dataset } = await startedStore();
    const { loaded } = store.getState().dataset;
    fake.openArchives = (_, onOpening, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        onOpening('nut.tar.xz', 0.5);
      });
    const opening = dataset.loadFiles([archive]);
    dataset.cancelLoading();
    await opening;
    expect(store.getState().dataset).toMatchObject({ loading: undefined, error: undefined });
    expect(store.getState().dataset.loaded).toBe(loaded);
    fake.openArchives = () => Promise.reject(unreadable);
    await dataset.loadFiles([archive]);
    expect(store.getState().dataset.error).toEqual(unreadable.toPlain());
    expect(store.getState().dataset.loaded).toBe(loaded);
  });
});

describe('a category in another layout', () => {
  const [mapping] = proposeMappings(['hz/normal/0.png', 'hz/odd/1.png']).mappings;
  const unmapped = { ...fakeCategory('hz'), mapped: { mapping, files: new Map<string, Blob>() } };

  const dropped = async () => {
    const started = await startedStore();
    started.fake.setScan({ categories: [unmapped], skippedFiles: [] });
    await started.dataset.loadFiles([]);
    return started;
  };

  it('is not loaded before its roles are confirmed, and not at all if that is canceled', async () => {
    const { store, dataset } = await dropped();
    expect(store.getState().dataset.asked?.mapped.mapping).toBe(mapping);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
    dataset.cancelMapping();
    expect(store.getState().dataset.asked).toBeUndefined();
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
  });

  it('is loaded with the confirmed roles, which the next folder of its shape gets without a question', async () => {
    const { store, dataset, fake } = await dropped();
    const groups = mapping.groups.map((group) => ({ ...group, role: 'ignored' as const }));
    await dataset.confirmMapping({ ...mapping, groups });
    const rolesLoaded = () =>
      store.getState().dataset.loaded?.category.mapped?.mapping.groups.map(({ role }) => role);
    expect(rolesLoaded()).toEqual(['ignored', 'ignored']);
    await dataset.loadSample();
    fake.setScan({ categories: [unmapped], skippedFiles: [] });
    await dataset.loadFiles([]);
    expect(store.getState().dataset.asked).toBeUndefined();
    expect(rolesLoaded()).toEqual(['ignored', 'ignored']);
    dataset.changeRoles();
    expect(store.getState().dataset.asked?.mapped.mapping.groups).toHaveLength(2);
  });

  it('is loaded without a question for a shell', async () => {
    const { store, dataset, fake } = await startedStore();
    fake.setScan({ categories: [unmapped], skippedFiles: [] });
    await dataset.loadFiles([], {});
    expect(store.getState().dataset.loaded?.category.name).toBe('hz');
    expect(fake.savedRoles).toBeNull();
  });

  it('is not queued for Table II before that', async () => {
    const { store } = await startedStore();
    store.actions.table.addCategories([unmapped, fakeCategory('a')], []);
    const { available, skippedFiles } = store.getState().table;
    expect(available.map(({ name }) => name)).toEqual(['a']);
    expect(skippedFiles).toEqual([
      { path: 'hz', reason: expect.stringContaining('Open it on the bench once') },
    ]);
  });
});

describe('loading files', () => {
  it('asks which of several categories, and loads the chosen one', async () => {
    const { fake, store, dataset } = await startedStore();
    const skippedFiles = [{ path: 'readme.txt', reason: 'not an image' }];
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], skippedFiles });
    await dataset.loadFiles([]);
    expect(store.getState().dataset.pending?.categories.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(store.getState().dataset.loaded?.category.name).toBe('sample');
    await dataset.chooseCategory('b');
    expect(store.getState().dataset.loaded?.category.name).toBe('b');
    expect(store.getState().dataset.loaded?.skippedFiles).toEqual(skippedFiles);
    expect(store.getState().dataset.pending).toBeUndefined();
  });

  it('decodes again with another fit, and only then', async () => {
    const { fake, store, run } = await startedStore();
    const framings: object[] = [];
    fake.decode = async (category, framing) => {
      framings.push(framing);
      return fakeDecoded(category, framing);
    };
    const { side } = store.getState().run.config;
    run.setConfig({ fit: 'pad' });
    await expect.poll(() => store.getState().dataset.loaded?.fit).toBe('pad');
    run.setConfig({ epochs: 7 });
    expect(framings).toEqual([{ side, fit: 'pad' }]);
  });

  it('goes on asking when a decoding ends meanwhile', async () => {
    const { fake, store, run, dataset } = await startedStore();
    let finish = (): void => undefined;
    fake.decode = (category, side) =>
      new Promise((resolve) => {
        finish = () => resolve(fakeDecoded(category, side));
      });
    run.setConfig({ side: 32 });
    const decoded = dataset.matchFraming();
    fake.setScan({ categories: [fakeCategory('a'), fakeCategory('b')], skippedFiles: [] });
    await dataset.loadFiles([]);
    finish();
    await decoded;
    expect(store.getState().dataset.loaded?.side).toBe(32);
    expect(store.getState().dataset.pending?.categories).toHaveLength(2);
  });

  it('leaves what was loaded untouched when decoding fails', async () => {
    const { fake, store, dataset, run } = await startedStore();
    await run.start();
    const before = store.getState();
    fake.decode = () => Promise.reject(unreadable);
    await dataset.loadFiles([]);
    const after = store.getState();
    expect(after.dataset.error).toEqual(unreadable.toPlain());
    expect(after.dataset.loaded).toBe(before.dataset.loaded);
    expect(after.run).toEqual(before.run);
    expect(after.view).toEqual(before.view);
  });

  it('names the file if there is no category', async () => {
    const { fake, store, dataset } = await startedStore();
    fake.setScan({ categories: [], skippedFiles: [{ path: 'x/notes.txt', reason: 'it is not an image.' }] });
    await dataset.loadFiles([]);
    expect(store.getState().dataset.error).toMatchObject({
      code: 'not-a-category',
      problem: expect.stringContaining('x/notes.txt'),
    });
  });

  it('lets the later of two loads win, whichever ends first', async () => {
    const { fake, store, dataset } = await startedStore();
    let finishFirst = (): void => undefined;
    fake.decode = (category, side) =>
      new Promise((resolve) => {
        finishFirst = () => resolve(fakeDecoded(category, side));
      });
    fake.setScan({ categories: [fakeCategory('first')], skippedFiles: [] });
    const first = dataset.loadFiles([]);
    fake.decode = async (category, side) => fakeDecoded(category, side);
    fake.setScan({ categories: [fakeCategory('second')], skippedFiles: [] });
    await dataset.loadFiles([]);
    finishFirst();
    await first;
    expect(store.getState().dataset.loaded?.category.name).toBe('second');
    expect(store.getState().dataset.error).toBeUndefined();
  });
});

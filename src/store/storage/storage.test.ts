import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import { presets } from '#core/presets.ts';
import type { CheckpointFile, ResumedRun } from '#worker/protocol.ts';
import { createFakeClients, fakeCategory, fakeImported, fakeStatus } from '../testing/fake-clients.ts';
import { fakeLocks, openFakeStorage } from '../testing/fake-storage.ts';
import { startedStore } from '../testing/started-store.ts';
import { isCheckpointed, offered } from './state.ts';

const config = { ...presets.quickLook, epochs: 9 } as const;

const fileAt = (step: number, categoryName: string): CheckpointFile => ({
  info: {
    createdAt: step,
    config,
    categoryName,
    device: { backend: 'wasm', name: '', architecture: '' },
    finished: false,
    step,
    epoch: step,
  },
  bytes: Uint8Array.of(step).buffer,
});

const resumedRun = (step: number, categoryName: string): ResumedRun => ({
  ...fakeImported({ ...config, epochs: step }, categoryName),
  config,
  status: fakeStatus({ phase: 'paused', step, epoch: step, epochs: 9 }),
  sameDevice: true,
  reproduced: true,
});

/** A page of a browser with these locks; its worker answers checkpoints by the step of the run. */
const openPage = async (browser = fakeLocks()) => {
  let step = 0;
  let opened = 0;
  const fake = createFakeClients();
  fake.openStorage = () => openFakeStorage(browser);
  const page = await startedStore(fake);
  const category = () => page.store.getState().dataset.loaded?.category.name ?? '';
  fake.answer('checkpoint', () => [fileAt(step, category())]);
  fake.answer('openCheckpoint', ([file]) => {
    opened = new Uint8Array(file!)[0]!;
    if (opened === 0) throw new ResiduaError('checkpoint-invalid', 'It is damaged.', 'Use another.');
    return [fileAt(opened, 'sample').info];
  });
  fake.answer('resumeRun', () => [resumedRun(opened, category())]);
  const trainTo = (to: number): void => {
    if (to > step) fake.emit('steps', [{ step: to, epoch: to, loss: 1 }]);
    step = to;
    fake.status({ phase: 'running', step, epoch: step, epochs: 9, activity: 'training' });
  };
  const pauseAt = (at: number): void => {
    step = at;
    fake.status({ phase: 'paused', step, epoch: step, epochs: 9 });
  };
  const steps = () => page.store.getState().storage.stored.map((stored) => stored.step);
  return { ...page, trainTo, pauseAt, steps };
};

type Page = Awaited<ReturnType<typeof openPage>>;

/** Trains to a step, and lets the page be hidden there: a checkpoint is stored. */
const interruptAt = async (page: Page, step: number): Promise<void> => {
  await page.run.start();
  page.trainTo(step);
  page.fake.setVisible(false);
  await expect.poll(page.steps).toContain(step);
};

beforeEach(() => deleteDB('residua'));

describe('checkpoints of the present run', () => {
  it('are taken every 20 s of training, and not without new steps', async () => {
    const page = await openPage();
    await page.run.start();
    page.trainTo(1);
    expect(page.fake.requests).not.toContain('checkpoint');
    page.fake.nowMs = 20_000;
    page.trainTo(2);
    await expect.poll(page.steps).toEqual([2]);
    page.fake.nowMs = 60_000;
    page.trainTo(2);
    page.fake.nowMs = 70_000;
    page.trainTo(3);
    await expect.poll(page.steps).toEqual([3, 2]);
    expect(page.fake.requests.filter((name) => name === 'checkpoint')).toHaveLength(2);
  });

  it('are taken when it pauses, and when the page is hidden', async () => {
    const page = await openPage();
    await interruptAt(page, 3);
    page.pauseAt(4);
    await expect.poll(page.steps).toEqual([4, 3]);
    expect(page.store.getState().storage.stored[0]).toMatchObject({
      categoryName: 'sample',
      losses: ['wfdl'],
      epoch: 4,
      epochs: 9,
      bytes: 1,
    });
  });

  it('are deleted once the finished run is in the library, and stay if the library refuses it', async () => {
    const page = await openPage();
    await interruptAt(page, 3);
    const { library } = page.fake;
    const add = library.add;
    Object.assign(library, {
      add: () => Promise.reject(new ResiduaError('storage-full', 'Full.', 'Clear.')),
    });
    page.fake.status({ phase: 'finished', step: 9, epoch: 9, epochs: 9 });
    await expect.poll(() => page.store.getState().runs.unsaved).toHaveLength(1);
    expect(page.steps()).toEqual([3]);
    Object.assign(library, { add });
    await page.runs.retain();
    await expect.poll(page.steps).toEqual([]);
  });

  it('are deleted when the user resets the run, or starts another one', async () => {
    const page = await openPage();
    await interruptAt(page, 3);
    page.pauseAt(3);
    await page.run.reset();
    await expect.poll(page.steps).toEqual([]);
    await interruptAt(page, 2);
    page.pauseAt(2);
    await page.run.startNew();
    await expect.poll(page.steps).toEqual([]);
  });

  it('have the steps of all contestants of a race, under the id of its retained runs', async () => {
    const page = await openPage();
    page.race.plan([{ loss: 'l2' }]);
    await page.run.start();
    page.fake.answer('checkpoint', () => [fileAt(3, 'sample'), fileAt(2, 'sample')]);
    page.trainTo(3);
    const rival = fakeStatus({ phase: 'running', step: 2, epoch: 2, epochs: 9 });
    page.fake.emit('rival', { place: 1, name: 'status', payload: rival });
    page.fake.setVisible(false);
    await expect.poll(page.steps).toEqual([5]);
    const { storage, race } = page.store.getState();
    expect(storage.stored[0]).toMatchObject({ losses: ['wfdl', 'wfdl'], bytes: 2, raceId: race.id });
    expect(isCheckpointed(page.store.getState())).toBe(true);
    page.fake.emit('rival', { place: 1, name: 'status', payload: { ...rival, step: 3 } });
    expect(isCheckpointed(page.store.getState())).toBe(false);
  });

  it('stay when other images end the run, which is then offered, without a question about lost weights', async () => {
    const page = await openPage();
    await interruptAt(page, 3);
    page.pauseAt(3);
    const ask = vi.fn(async () => true);
    await page.open.images([{ path: 'bolt/a.png', file: new File([], 'a.png') }], ask);
    expect(ask).not.toHaveBeenCalled();
    expect(page.store.getState().dataset.loaded?.category.name).toBe('bolt');
    expect(offered(page.store.getState())).toMatchObject({ step: 3, categoryName: 'sample' });
  });

  it('tell once that they cannot be stored, while training goes on', async () => {
    const page = await openPage();
    page.fake.answer('checkpoint', () => {
      throw new ResiduaError('out-of-memory', 'No memory.', 'Close tabs.');
    });
    await page.run.start();
    page.trainTo(1);
    page.fake.setVisible(false);
    await expect.poll(() => page.store.getState().storage.error?.code).toBe('out-of-memory');
    page.storage.dismissError();
    page.trainTo(2);
    page.fake.setVisible(false);
    await expect.poll(() => page.fake.requests.filter((name) => name === 'checkpoint')).toHaveLength(2);
    expect(page.store.getState().storage.error).toBeUndefined();
    expect(page.store.getState().run.status.phase).toBe('running');
  });
});

describe('an interrupted run', () => {
  it('is offered by the next page and resumed where it was, with its training time', async () => {
    await interruptAt(await openPage(), 3);
    const page = await openPage();
    expect(offered(page.store.getState())).toMatchObject({ step: 3 });
    const [stored] = page.store.getState().storage.stored;
    await page.storage.resume(stored!.runId);
    const { run, storage } = page.store.getState();
    expect(run).toMatchObject({ configured: config, error: undefined });
    expect(run.history.steps.at(-1)?.step).toBe(3);
    expect(page.fake.requests.slice(-2)).toEqual(['view', 'start']);
    expect(storage).toMatchObject({ presentId: stored?.runId, awaited: undefined });
    expect(offered(page.store.getState())).toBeUndefined();
    page.trainTo(5);
    page.fake.setVisible(false);
    await expect.poll(page.steps).toEqual([5, 3]);
  });

  it('is neither offered nor discarded by a page while another one holds it', async () => {
    const browser = fakeLocks();
    const first = await openPage(browser);
    await interruptAt(first, 3);
    const second = await openPage(browser);
    const [stored] = second.store.getState().storage.stored;
    expect(offered(second.store.getState())).toBeUndefined();
    await second.storage.discard(stored!.runId);
    expect(second.store.getState().storage.error?.code).toBe('busy');
    await second.storage.clearCheckpoints();
    await second.storage.resume(stored!.runId);
    expect(second.store.getState().run.error?.code).toBe('busy');
    expect(second.steps()).toEqual([3]);
  });

  it('waits for its folder, by name, and resumes as soon as that is opened', async () => {
    const first = await openPage();
    await first.dataset.loadFiles([]);
    await interruptAt(first, 3);
    const page = await openPage();
    await page.storage.resume(page.store.getState().storage.stored[0]!.runId);
    expect(offered(page.store.getState())).toMatchObject({ categoryName: 'bolt' });
    expect(page.store.getState().storage.awaited).toBeDefined();
    expect(page.fake.requests).not.toContain('resumeRun');
    page.fake.setScan({ categories: [fakeCategory('nut')], skippedFiles: [] });
    await page.dataset.loadFiles([]);
    expect(page.store.getState().storage.awaited).toBeDefined();
    page.fake.setScan({ categories: [fakeCategory()], skippedFiles: [] });
    await page.dataset.loadFiles([]);
    await expect.poll(() => page.store.getState().run.history.steps.at(-1)?.step).toBe(3);
    expect(page.store.getState().storage.awaited).toBeUndefined();
  });

  it('waits on if the opened folder has other images, and leaves the present run', async () => {
    await interruptAt(await openPage(), 3);
    const page = await openPage();
    page.fake.answer('resumeRun', () => {
      throw new ResiduaError('other-images', 'It belongs to other images.', 'Load its own.');
    });
    await page.storage.resume(page.store.getState().storage.stored[0]!.runId);
    expect(page.store.getState().run.error?.code).toBe('other-images');
    expect(page.store.getState().storage.awaited).toMatchObject({ step: 3 });
    expect(page.steps()).toEqual([3]);
    page.storage.cancelResume();
    expect(offered(page.store.getState())).toMatchObject({ step: 3 });
  });

  it('is resumed from the checkpoint before a damaged one, which is named', async () => {
    const browser = fakeLocks();
    const first = await openPage(browser);
    await interruptAt(first, 3);
    const [stored] = first.store.getState().storage.stored;
    const open = await openFakeStorage(browser);
    await open.checkpoints.write({ ...stored!, step: 7, epoch: 7, createdAt: 9 }, [Uint8Array.of(0).buffer]);
    const page = await openPage();
    await page.storage.resume(stored!.runId);
    expect(page.store.getState().run.history.steps.at(-1)?.step).toBe(3);
    expect(page.store.getState().storage.error).toMatchObject({
      code: 'checkpoint-invalid',
      problem: expect.stringMatching(/at epoch 7 is damaged.*at epoch 3/),
    });
    expect(page.steps()).toEqual([3]);
  });

  it('leaves a file that resumes it in another browser', async () => {
    const first = await openPage();
    await interruptAt(first, 3);
    const [stored] = first.store.getState().storage.stored;
    const files = await first.storage.exportFiles(stored!.runId);
    await deleteDB('residua');
    const page = await openPage();
    await page.open.model([new File([...files!], 'sample-epoch-3.checkpoint.bin')], async () => true);
    expect(page.store.getState().run.history.steps.at(-1)?.step).toBe(3);
    expect(page.store.getState().run.error).toBeUndefined();
    expect(page.steps()).toEqual([3]);
  });

  it('is discarded for good', async () => {
    await interruptAt(await openPage(), 3);
    const page = await openPage();
    await page.storage.discard(page.store.getState().storage.stored[0]!.runId);
    expect((await openPage()).steps()).toEqual([]);
  });
});

describe('kept images', () => {
  /** A page whose folder `bolt` has one file. */
  const withFolder = async () => {
    const page = await openPage();
    const { samples, ...category } = fakeCategory();
    const source = { kind: 'file', image: new Blob(), masks: [] } as const;
    page.fake.setScan({
      categories: [{ ...category, samples: samples.map((sample) => ({ ...sample, source })) }],
      skippedFiles: [{ path: 'notes.txt', reason: 'It is no image.' }],
    });
    page.fake.decode = async (from, { side, fit }) => {
      const pixels = new Uint8Array(from.samples.length * side * side * 3).fill(7);
      const infos = from.samples.map(({ path, split, defectType, anomalous }) => ({
        path,
        split,
        defectType,
        anomalous,
        hasMask: false,
        width: 16,
        height: 12,
      }));
      const images = { name: from.name, side, fit, samples: infos, pixels, masks: new Uint8Array(0) };
      page.fake.answer('copyImages', () => images);
      const thumbnails = { side: 1, pixels: new Uint8ClampedArray(4 * infos.length) };
      const contentHashes = new Map([['train/good/0.png', 'f00']]);
      return { images, skippedFiles: [], notices: ['A notice.'], thumbnails, contentHashes };
    };
    return page;
  };

  it('let an interrupted run resume without its folder', async () => {
    const first = await withFolder();
    first.storage.setKeepsImages(true);
    await first.dataset.loadFiles([]);
    await expect.poll(() => first.store.getState().storage.images).toHaveLength(1);
    await interruptAt(first, 3);
    const page = await openPage();
    const given: unknown[] = [];
    page.fake.answer('resumeRun', ({ images }) => {
      given.push(images?.pixels.every((value) => value === 7));
      return [resumedRun(3, 'bolt')];
    });
    await page.storage.resume(page.store.getState().storage.stored[0]!.runId);
    const { dataset, run } = page.store.getState();
    expect(given).toEqual([true]);
    expect(run.history.steps.at(-1)?.step).toBe(3);
    const before = first.store.getState().dataset.loaded;
    expect(dataset.loaded).toMatchObject({
      samples: before?.samples,
      summary: before?.summary,
      contentHashes: before?.contentHashes,
      notices: ['A notice.'],
      outside: [{ path: 'notes.txt' }],
      skippedFiles: [{ path: 'notes.txt' }],
    });
  });

  /** A page with kept images only, whose worker trains on them and takes them along when it ends. */
  const withKeptOnly = async () => {
    const first = await withFolder();
    first.storage.setKeepsImages(true);
    await first.dataset.loadFiles([]);
    await expect.poll(() => first.store.getState().storage.images).toHaveLength(1);
    const page = await openPage();
    await page.storage.openImages({ name: 'bolt', side: config.side });
    await interruptAt(page, 3);
    const given: (readonly number[] | undefined)[] = [];
    page.fake.answer('loadImages', ({ pixels }) => {
      given.push([...new Set(pixels)]);
      return undefined;
    });
    Object.assign(page.fake, { handsImagesOver: false });
    const recovered = async () => {
      page.fake.emit('failure', { code: 'worker-ended', problem: 'It ended.', remedy: 'Reload.' });
      await expect.poll(() => page.store.getState().recovery.underWay).toBe(false);
      return page.store.getState().run;
    };
    return { ...page, first, given, recovered };
  };

  it('let a run go on whose worker has ended with the images', async () => {
    const { recovered, given } = await withKeptOnly();
    expect(await recovered()).toMatchObject({ status: { phase: 'running' }, error: undefined });
    expect(given).toEqual([[7]]);
  });

  it('take the place of a folder that can no longer be read', async () => {
    const page = await withFolder();
    page.storage.setKeepsImages(true);
    await page.dataset.loadFiles([]);
    await expect.poll(() => page.store.getState().storage.images).toHaveLength(1);
    await interruptAt(page, 3);
    const lost = new ResiduaError('unreadable-image', 'No image can be read.', 'Open them again.');
    page.fake.decode = () => Promise.reject(lost);
    page.fake.handsImagesOver = false;
    let pixels: Uint8Array | undefined;
    page.fake.answer('loadImages', (images) => {
      ({ pixels } = images);
      return undefined;
    });
    page.fake.emit('failure', { code: 'worker-ended', problem: 'It ended.', remedy: 'Reload.' });
    await expect.poll(() => page.store.getState().recovery.underWay).toBe(false);
    expect(page.store.getState().run.status.phase).toBe('running');
    expect(pixels?.[0]).toBe(7);
  });

  it('that were cleared, or replaced by others of their name, end such a run by name', async () => {
    const cleared = await withKeptOnly();
    await cleared.storage.clearImages();
    const error = { code: 'storage-failed', problem: expect.stringMatching(/images of bolt at side/) };
    expect(await cleared.recovered()).toMatchObject({ status: { phase: 'failed' }, error });
    expect(cleared.given).toEqual([]);

    const replaced = await withKeptOnly();
    const { decode } = replaced.first.fake;
    replaced.first.fake.decode = async (...of) => ({
      ...(await decode(...of)),
      contentHashes: new Map([['train/good/0.png', '0ther']]),
    });
    await replaced.first.dataset.loadFiles([]);
    await expect.poll(() => replaced.first.store.getState().dataset.loaded?.contentHashes.size).toBe(1);
    await replaced.first.storage.refresh();
    expect(await replaced.recovered()).toMatchObject({ status: { phase: 'failed' }, error });
    expect(replaced.given).toEqual([]);
  });

  it('open again by name, and are not kept unless the user wants it', async () => {
    const first = await withFolder();
    await first.dataset.loadFiles([]);
    expect(first.fake.requests).not.toContain('copyImages');
    first.storage.setKeepsImages(true);
    await expect.poll(() => first.store.getState().storage.images).toHaveLength(1);
    const [kept] = first.store.getState().storage.images;
    const side = config.side;
    expect(kept).toMatchObject({ name: 'bolt', side, count: 9, bytes: 9 * side * side * 3 + 36 });
    const page = await openPage();
    await page.storage.openImages({ name: 'bolt', side });
    expect(page.store.getState().dataset.loaded?.category.name).toBe('bolt');
    await page.storage.clearImages();
    expect(page.store.getState().storage.images).toEqual([]);
    await page.storage.openImages({ name: 'bolt', side });
    expect(page.store.getState().storage.error?.problem).toMatch(/bolt at side/);
  });
});

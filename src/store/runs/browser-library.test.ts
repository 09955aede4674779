import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dataFactsOf } from '#core/paper-differences/find-data-facts.ts';
import { presets } from '#core/presets.ts';
import { StepHistory } from '#core/step-history.ts';
import { fakeEvaluation } from '../testing/fake-clients.ts';
import { openBrowserLibrary } from './browser-library.ts';
import type { RetainedRun } from './retained-run.ts';

const run: RetainedRun = {
  id: 'a',
  name: 'WFDL 1',
  note: 'first',
  createdAt: 1,
  categoryName: 'bolt',
  config: { ...presets.quickLook, seed: 7 },
  history: {
    steps: StepHistory.of([
      { step: 1, epoch: 1, loss: 1 / 3 },
      { step: 2, epoch: 2, loss: 0.1 + 0.2 },
    ]),
    evaluations: [fakeEvaluation(2, [Math.PI, 1e-300])],
    spectra: [{ epoch: 1, step: 1, power: Float32Array.of(0.1, 2), inputPower: Float32Array.of(1, 3) }],
  },
  device: undefined,
  trainMs: 1234,
  summary: { parameterCount: 3, stepsPerEpoch: 1, microBatch: 1 },
  data: {
    ...dataFactsOf('bolt', [{ path: 'a', split: 'train', anomalous: false, contentHash: '1' }], 2),
    foreign: { count: 1, example: ['a', 'b'], category: 'nut' },
  },
};
const files = { modelJson: '{"a":1}', weights: Uint8Array.of(1, 2, 3, 4).buffer };

/** Puts a record into the storage without the library's checks: it may be damaged or from another version. */
const plant = async (record: object): Promise<void> => {
  await openBrowserLibrary();
  const database = await openDB('residua');
  await database.put('runs', record);
  database.close();
};

/** The record of the run as the library writes it. */
const written = async (): Promise<Record<string, unknown>> => {
  await (await openBrowserLibrary()).add(run, files);
  const database = await openDB('residua');
  const record = await database.get('runs', 'a');
  database.close();
  return record;
};

beforeEach(() => deleteDB('residua'));
afterEach(() => vi.restoreAllMocks());

describe('the library of the browser', () => {
  it('returns the exact runs and weights when it is opened again, oldest first', async () => {
    const library = await openBrowserLibrary();
    expect(library.contents).toEqual({ runs: [], unreadable: [], memoryOnly: undefined });
    await library.add({ ...run, id: 'b', createdAt: 2 }, files);
    await library.add(run, files);
    const again = await openBrowserLibrary();
    expect(again.contents.runs).toEqual([run, { ...run, id: 'b', createdAt: 2 }]);
    expect(await again.files('a')).toEqual(files);
    expect(await again.files('c')).toBeUndefined();
  });

  it('changes the name and note of a run, but not its weights', async () => {
    const library = await openBrowserLibrary();
    await library.add(run, files);
    await library.update({ ...run, name: 'best', note: '' });
    const again = await openBrowserLibrary();
    expect(again.contents.runs).toEqual([{ ...run, name: 'best', note: '' }]);
    expect(await again.files('a')).toEqual(files);
  });

  it('removes a run with its weights', async () => {
    const library = await openBrowserLibrary();
    await library.add(run, files);
    await library.remove('a');
    const again = await openBrowserLibrary();
    expect(again.contents.runs).toEqual([]);
    expect(await again.files('a')).toBeUndefined();
  });

  it('sends a whole removal before it waits, because the page may close, and returns the files', async () => {
    const library = await openBrowserLibrary();
    const past = Uint8Array.of(5).buffer;
    await library.add(run, { ...files, past });
    const deleted = vi.spyOn(IDBObjectStore.prototype, 'delete');
    const committed = vi.spyOn(IDBTransaction.prototype, 'commit');
    const removal = library.remove('a');
    expect(deleted).toHaveBeenCalledTimes(3);
    expect(committed).toHaveBeenCalledOnce();
    expect(await removal).toEqual({ ...files, past });
    expect(await library.remove('a')).toBeUndefined();
  });

  it('names the run if the storage is full, and stores neither half of it', async () => {
    const library = await openBrowserLibrary();
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === 'files') throw new DOMException('no room', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    await expect(library.add(run, files)).rejects.toMatchObject({
      code: 'storage-full',
      problem: expect.stringContaining('WFDL 1'),
    });
    vi.restoreAllMocks();
    expect((await openBrowserLibrary()).contents.runs).toEqual([]);
  });

  it('keeps past epochs apart from the weights, until they are removed or the run is retained without them', async () => {
    const library = await openBrowserLibrary();
    const past = Uint8Array.of(5, 6).buffer;
    const kept = { ...run, bytes: { model: 11, past: 2 } };
    await library.add(kept, { ...files, past });
    await library.add({ ...kept, id: 'b' }, { ...files, past });
    await library.add({ ...kept, id: 'c' }, { ...files, past });
    await library.add({ ...kept, id: 'c' }, files);
    await library.removePast({ ...kept, bytes: { model: 11, past: 0 } });
    await library.remove('b');
    const again = await openBrowserLibrary();
    expect(again.contents.runs.map(({ id, bytes }) => [id, bytes?.past])).toEqual([
      ['a', 0],
      ['c', 2],
    ]);
    expect(await again.files('a')).toEqual(files);
    for (const id of ['a', 'b', 'c']) expect(await again.past(id)).toBeUndefined();
    await library.add(kept, { ...files, past });
    expect(await again.past('a')).toEqual(past);
  });

  it('opens one from before the past epochs, with all its runs, and then stores past epochs', async () => {
    const { version: _, ...record } = await written();
    await deleteDB('residua');
    const old = await openDB('residua', 1, {
      upgrade: (database) => {
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('files');
      },
    });
    await old.put('runs', { version: 2, ...record });
    await old.put('files', files, 'a');
    old.close();
    const library = await openBrowserLibrary();
    expect(library.contents.runs).toEqual([run]);
    expect(await library.files('a')).toEqual(files);
    expect(await library.past('a')).toBeUndefined();
    await library.add(run, { ...files, past: new ArrayBuffer(3) });
    expect((await library.past('a'))?.byteLength).toBe(3);
  });

  it('works in memory without the browser’s storage, and says so', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('A mutation operation was attempted.', 'InvalidStateError');
    });
    const library = await openBrowserLibrary();
    expect(library.contents.memoryOnly).toMatchObject({
      code: 'storage-failed',
      problem: expect.stringContaining('gives the page no storage: A mutation operation was attempted.'),
    });
    await library.add(run, files);
    expect(await library.files('a')).toEqual(files);
  });
});

describe('a record that is not as it should be', () => {
  const openAfter = async (change: (record: Record<string, unknown>) => object) => {
    await plant(change(await written()));
    return (await openBrowserLibrary()).contents;
  };

  it('of version 1 is completed if it is older than a setting', async () => {
    const { runs, unreadable } = await openAfter(({ config, ...record }) => {
      const { weightPower: _, ...older } = config as RetainedRun['config'];
      return { ...record, version: 1, config: older };
    });
    expect(unreadable).toEqual([]);
    expect(runs[0].config).toEqual({ ...run.config, weightPower: 1 });
  });

  it.each([
    [
      'has settings that this page does not know',
      { config: { ...run.config, loss: 'other' } },
      /loss is "other"/,
    ],
    ['is of a newer version', { version: 99 }, /written by a newer version of Residua \(version 99/],
    [
      'has a band that no frequency lies in',
      { config: { ...run.config, side: 32, bandLow: 23 } },
      /bandLow is 23: must be at most 22\.62/,
    ],
    ['is damaged', { steps: undefined }, /steps is undefined/],
    ['has a damaged evaluation', { evaluations: [{ epoch: 1 }] }, /evaluations\.0\.step is undefined/],
    ['has no spectra', { others: {} }, /others\.spectra is undefined/],
    ['has a date beyond all dates', { createdAt: 1e300 }, /createdAt is 1e\+300: must be a date/],
    [
      'has a loss that is no number',
      {
        steps: {
          step: Float64Array.of(1),
          epoch: Float64Array.of(1),
          loss: Float64Array.of(Number.NaN),
        },
      },
      /steps\.loss .*finite numbers/,
    ],
    ['is foreign', { version: undefined, summary: 'x' }, /damaged/],
  ])('is set aside by name where it %s, and the others open', async (_, change, reason) => {
    await (await openBrowserLibrary()).add({ ...run, id: 'b', name: 'other' }, files);
    const { runs, unreadable } = await openAfter((record) => ({ ...record, ...change }));
    expect(runs.map(({ name }) => name)).toEqual(['other']);
    expect(unreadable).toMatchObject([{ id: 'a', name: 'WFDL 1' }]);
    expect(unreadable[0].reason).toMatch(reason);
  });
});

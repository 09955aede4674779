import { describe, expect, it } from 'vitest';
import type { Category } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import { aggregateTable } from '#core/table/aggregate.ts';
import { fakeCategory, fakeDecoded, fakeEvaluation } from '../testing/fake-clients.ts';
import { epochs, finishAtOnce, planned, scores, started, states } from '../testing/started-queue.ts';
import { until } from '../until.ts';

describe('a queue', () => {
  it('goes on after a run that failed, and keeps its message', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app, ['pill']);
    const nonFinite = new ResiduaError(
      'non-finite-loss',
      'The loss became NaN at step 1.',
      'Lower the rate.',
    );
    let runs = 0;
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running', epochs });
      if (++runs === 1) {
        app.fake.status({ phase: 'failed' });
        app.fake.emit('failure', nonFinite.toPlain());
      } else {
        app.fake.emit('evaluation', fakeEvaluation(epochs, scores));
        app.fake.status({ phase: 'finished', step: epochs, epoch: epochs });
      }
      return undefined;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 failed', 'pill/wfdl/0 done']);
    expect(app.store.getState().table.entries[0].outcome).toMatchObject({ error: nonFinite.toPlain() });
    expect(app.store.getState().run.error).toBeUndefined();
  });

  it('goes on after a run that does not fit the device', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app, ['pill']);
    const tooLarge = new ResiduaError('out-of-memory', 'It needs 9 GB.', 'Use a smaller batch.');
    app.fake.answer('configure', ({ loss }) => {
      if (loss === 'wfdl') throw tooLarge;
      app.fake.status({});
      return { parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 };
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 failed']);
    expect(app.store.getState().table.entries[1].outcome).toMatchObject({ error: tooLarge.toPlain() });
  });

  it('is not misled by an error of the run before that comes late', async () => {
    const app = await started();
    planned(app, ['pill']);
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running', epochs });
      const error = new ResiduaError('internal', 'A curve could not be made.', '').toPlain();
      app.store.setState((state) => ({ ...state, run: { ...state.run, error } }));
      app.fake.emit('evaluation', fakeEvaluation(epochs, scores));
      app.fake.status({ phase: 'finished', step: epochs, epoch: epochs });
      return undefined;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
  });

  it('fails all runs of a category whose files are gone, and goes on with the next', async () => {
    const app = await started();
    finishAtOnce(app);
    planned(app);
    const gone = new ResiduaError(
      'unreadable-image',
      'None of the 4 images could be read.',
      'Drop it again.',
    );
    app.fake.decode = async (category, side) => {
      if (category.name === 'bottle') throw gone;
      return fakeDecoded(category, side);
    };
    await app.table.start();
    expect(states(app)).toEqual([
      'bottle/l2/0 failed',
      'bottle/wfdl/0 failed',
      'pill/l2/0 done',
      'pill/wfdl/0 done',
    ]);
    expect(app.fake.decodes).toHaveLength(2);
    expect(app.store.getState().dataset.error).toBeUndefined();
    app.fake.decode = async (category, side) => fakeDecoded(category, side);
    app.table.retry();
    await app.table.start();
    expect(states(app).every((state) => state.endsWith('done'))).toBe(true);
  });

  it('fails a category without test images, and says what AUROC lacks with one class', async () => {
    const app = await started();
    finishAtOnce(app);
    const only = (name: string, isKept: (path: string) => boolean): Category => {
      const category = fakeCategory(name);
      return { ...category, samples: category.samples.filter(({ path }) => isKept(path)) };
    };
    app.table.addCategories(
      [only('bottle', (path) => path.startsWith('train')), only('pill', (path) => path.includes('good'))],
      [],
    );
    app.table.plan({ categories: ['bottle', 'pill'], losses: ['l2'], seeds: [0] });
    await app.table.start();
    const [bottle, pill] = app.store.getState().table.entries;
    expect(bottle.outcome).toMatchObject({ state: 'failed', error: { code: 'no-test-images' } });
    expect(pill.outcome).toMatchObject({
      state: 'done',
      result: { imageAuroc: { defined: false, reason: expect.stringContaining('normal') }, epochs: 0 },
    });
    expect(app.fake.requests).not.toContain('start');
    const { rows } = aggregateTable([pill]);
    expect(rows[0].cells[0].mean).toBeUndefined();
  });

  it('goes on if the device is lost, and waits for consent to the processor at the third loss', async () => {
    const app = await started();
    planned(app, ['pill']);
    const lost = new ResiduaError('device-lost', 'The device was lost.', 'Open it again.');
    let starts = 0;
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running' });
      if (++starts <= 3) app.fake.emit('failure', lost.toPlain());
      else app.fake.emit('evaluation', fakeEvaluation(epochs, scores));
      if (starts > 3) app.fake.status({ phase: 'finished', step: epochs, epoch: epochs });
      return undefined;
    });
    const ended = app.table.start();
    await until(app.store, ({ recovery }) => recovery.notice?.offersProcessor || undefined);
    expect(states(app)).toEqual(['pill/l2/0 running', 'pill/wfdl/0 waiting']);
    await app.recovery.continueOnProcessor();
    await ended;
    expect(states(app)).toEqual(['pill/l2/0 done', 'pill/wfdl/0 done']);
    expect([starts, app.fake.workers]).toEqual([5, 3]);
  });

  it('stops if no device can be opened again, and leaves the rest waiting', async () => {
    const app = await started();
    planned(app, ['pill']);
    const lost = new ResiduaError('device-lost', 'The device was lost.', 'Open it again.');
    const noDevice = new ResiduaError('no-wasm', 'Nothing works here.', 'Use another browser.');
    app.fake.answer('start', () => {
      app.fake.status({ phase: 'running' });
      app.fake.emit('failure', lost.toPlain());
      return undefined;
    });
    app.fake.answer('openDevice', () => {
      throw noDevice;
    });
    await app.table.start();
    expect(states(app)).toEqual(['pill/l2/0 failed', 'pill/wfdl/0 waiting']);
    expect(app.store.getState().table).toMatchObject({
      phase: 'idle',
      entries: [{ outcome: { error: noDevice.toPlain() } }, {}],
    });
  });
});

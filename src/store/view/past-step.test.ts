import { describe, expect, it } from 'vitest';
import type { SampleView } from '#core/history.ts';
import { createFakeClients, fakeView } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { nearestPast } from './past-step.ts';

/** Evaluations after epochs 1 to 4, ten steps each. */
const kept = [1, 2, 3, 4].map((epoch) => ({ epoch, step: 10 * epoch }));

const viewOf = (index: number, step: number): SampleView => ({
  ...fakeView(index),
  output: {
    epoch: step / 10,
    step,
    reconstruction: new Float32Array(3),
    calibrated: false,
    residual: new Float32Array(1),
    reconstructionSpectrum: new Float32Array(1),
    differenceSpectrum: new Float32Array(1),
    residualPower: Float32Array.of(0, 0),
    score: step,
    residualDcShare: 0,
  },
});

/** The fake category has training images 0 to 3 and test images from 4 on; the latest evaluation is that of step 40. */
const trained = async () => {
  const asked: string[] = [];
  const fake = createFakeClients({
    view: ({ index }) => {
      asked.push(`latest ${index}`);
      return viewOf(index, 40);
    },
    viewPast: ({ index, step }) => {
      asked.push(`${step} ${index}`);
      return index < 4 ? undefined : viewOf(index, step);
    },
  });
  const { store } = await startedStore(fake);
  fake.emit('kept', kept);
  asked.length = 0;
  const shown = () => {
    const { selected, sample, pastStep } = store.getState().view;
    return { selected, pastStep, step: sample?.output?.step };
  };
  return { fake, store, asked, shown, ...store.actions.view };
};

describe('a look at a past evaluation', () => {
  it('shows the image as it was then, and the latest again', async () => {
    const { scrub, shown, asked } = await trained();
    await scrub(20);
    expect(shown()).toEqual({ selected: 6, pastStep: 20, step: 20 });
    await scrub(undefined);
    expect(shown()).toEqual({ selected: 6, pastStep: undefined, step: 40 });
    expect(asked).toEqual(['20 6', 'latest 6']);
  });

  it('at the last past evaluation follows the latest', async () => {
    const { scrub, shown } = await trained();
    await scrub(20);
    await scrub(40);
    expect(shown()).toEqual({ selected: 6, pastStep: undefined, step: 40 });
  });

  it('stays while training goes on', async () => {
    const { fake, scrub, shown, store } = await trained();
    await scrub(20);
    fake.emit('kept', [...kept, { epoch: 5, step: 50 }]);
    fake.emit('view', viewOf(6, 50));
    expect(shown()).toEqual({ selected: 6, pastStep: 20, step: 20 });
    const scoredAgain = { ...viewOf(6, 20) };
    fake.emit('view', scoredAgain);
    expect(store.getState().view.sample).toBe(scoredAgain);
  });

  it('follows training if nobody has chosen an epoch', async () => {
    const { fake, shown } = await trained();
    fake.emit('kept', [...kept, { epoch: 5, step: 50 }]);
    fake.emit('view', viewOf(6, 50));
    expect(shown()).toEqual({ selected: 6, pastStep: undefined, step: 50 });
  });

  it('holds for the next image, and waits while a training image is shown', async () => {
    const { scrub, walk, select, shown } = await trained();
    await scrub(20);
    await walk(1);
    expect(shown()).toEqual({ selected: 7, pastStep: 20, step: 20 });
    await select(0);
    expect(shown()).toEqual({ selected: 0, pastStep: 20, step: 40 });
    await select(5);
    expect(shown()).toEqual({ selected: 5, pastStep: 20, step: 20 });
  });

  it('moves to the nearest past evaluation if its own is dropped', async () => {
    const { fake, scrub, shown, store } = await trained();
    await scrub(20);
    fake.emit(
      'kept',
      [10, 30, 50].map((step) => ({ epoch: step / 10, step })),
    );
    await expect.poll(shown).toEqual({ selected: 6, pastStep: 10, step: 10 });
    expect(store.getState().run.pastEvaluations).toHaveLength(3);
  });

  it('falls back to the latest if the worker no longer has it', async () => {
    const { fake, scrub, shown } = await trained();
    fake.answer('viewPast', () => undefined);
    await scrub(20);
    expect(shown()).toEqual({ selected: 6, pastStep: undefined, step: 40 });
  });

  it('ends with the run', async () => {
    const { fake, scrub, shown, store } = await trained();
    await scrub(20);
    fake.emit('kept', []);
    expect(shown().pastStep).toBeUndefined();
    expect(store.getState().run.pastEvaluations).toEqual([]);
  });

  it('asks the worker once for all that comes while it is busy', async () => {
    const { fake, scrub, shown, asked } = await trained();
    const answers: (() => void)[] = [];
    fake.answer('viewPast', ({ index, step }) => {
      asked.push(`${step} ${index}`);
      return new Promise((resolve) => answers.push(() => resolve(viewOf(index, step))));
    });
    const all = Promise.all([10, 20, 30, 20, 30].map((step) => scrub(step)));
    answers[0]?.();
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    await all;
    expect(asked).toEqual(['10 6', '30 6']);
    expect(shown()).toEqual({ selected: 6, pastStep: 30, step: 30 });
  });
});

describe('the nearest past evaluation', () => {
  it('is the earlier of two as near, and none of none', () => {
    expect(nearestPast(kept, 25)?.step).toBe(20);
    expect(nearestPast(kept, 99)?.step).toBe(40);
    expect(nearestPast([], 1)).toBeUndefined();
  });
});

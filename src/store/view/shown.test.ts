import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import {
  createFakeClients,
  fakeEvaluation,
  fakeImported,
  fakeModelJson,
  fakeView,
} from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { otherImagesOf, shownOf } from './shown.ts';

const scores = [1, 2, 3, 4, 5];

const viewOf = (index: number, epoch: number): SampleView => ({
  ...fakeView(index),
  output: {
    epoch,
    step: epoch,
    reconstruction: new Float32Array(3),
    calibrated: false,
    residual: new Float32Array(1),
    reconstructionSpectrum: new Float32Array(1),
    differenceSpectrum: new Float32Array(1),
    score: 1,
    residualDcShare: 0,
    residualPower: Float32Array.of(0, 0),
  },
});

/** A run with L2 and seed 3, evaluated after its epoch 2. The chosen image 6 is a test image. */
const evaluated = async () => {
  let epoch: number | undefined = 2;
  const fake = createFakeClients({
    view: ({ index }) => (epoch === undefined ? fakeView(index) : viewOf(index, epoch)),
    viewPast: ({ index, step }) => viewOf(index, step),
  });
  const { store } = await startedStore(fake);
  const { run, view, decision } = store.actions;
  decision.setPolicy({ kind: 'f1-maximum' });
  run.setConfig({ loss: 'l2', seed: 3 });
  const evaluate = (at: number): void => {
    epoch = at;
    fake.emit('evaluation', fakeEvaluation(at, scores));
  };
  const show = (): void => fake.emit('view', viewOf(store.getState().view.selected ?? 0, epoch ?? 0));
  await run.start();
  fake.status({ phase: 'running', step: 2, stepsPerEpoch: 1 });
  evaluate(2);
  show();
  return {
    fake,
    store,
    run,
    view,
    decision,
    evaluate,
    show,
    withoutPicture: () => {
      epoch = undefined;
    },
    shown: () => shownOf(store.getState()),
  };
};

const current = { pictures: 'current', scores: 'current', threshold: 'current' } as const;
const pending = { pictures: 'pending', scores: 'pending', threshold: 'pending' } as const;
const stale = { pictures: 'stale', scores: 'stale', threshold: 'stale' } as const;

describe('the screen', () => {
  it('shows nothing of a run before the first', async () => {
    const { store } = await startedStore(createFakeClients());
    expect(shownOf(store.getState())).toMatchObject({ loss: undefined, epoch: undefined, ...current });
  });

  it('names the present run and the epoch of its pictures', async () => {
    const { shown } = await evaluated();
    expect(shown()).toEqual({ loss: 'l2', seed: 3, epoch: 2, step: undefined, run: 'present', ...current });
  });

  it('is veiled from an evaluation until its picture comes', async () => {
    const { evaluate, show, shown } = await evaluated();
    evaluate(4);
    expect(shown()).toMatchObject({ epoch: 2, ...pending });
    show();
    expect(shown()).toMatchObject({ epoch: 4, ...current });
  });

  it('names a past epoch', async () => {
    const { fake, view, evaluate, show, shown } = await evaluated();
    evaluate(4);
    show();
    fake.emit(
      'kept',
      [2, 4].map((step) => ({ epoch: step, step })),
    );
    await view.scrub(2);
    expect(shown()).toMatchObject({ run: 'past', epoch: 2, ...current });
    await view.scrub(undefined);
    expect(shown()).toMatchObject({ run: 'present', epoch: 4 });
  });

  it('names an earlier run while another one is set up, and not if the run can take the change', async () => {
    const { fake, run, shown } = await evaluated();
    fake.status({ phase: 'paused' });
    run.setConfig({ learningRate: 0.0123 });
    expect(shown().run).toBe('present');
    run.setConfig({ loss: 'wfdl', seed: 7 });
    expect(shown()).toMatchObject({ loss: 'l2', seed: 3, epoch: 2, run: 'earlier', ...current });
    run.revertSettings();
    expect(shown().run).toBe('present');
  });

  it('is stale from the start of a new run until its first picture', async () => {
    const { fake, run, evaluate, show, shown } = await evaluated();
    fake.status({ phase: 'finished' });
    run.setConfig({ loss: 'wfdl' });
    let configure: (() => void) | undefined;
    fake.answer(
      'configure',
      () =>
        new Promise((resolve) => {
          configure = () => resolve({ parameterCount: 1, stepsPerEpoch: 1, microBatch: 1 });
        }),
    );
    const started = run.start();
    await expect.poll(() => configure).toBeDefined();
    expect(shown()).toMatchObject({ loss: 'l2', epoch: 2, run: 'earlier', ...stale });
    fake.status({ phase: 'idle', step: 0 });
    expect(shown()).toMatchObject(stale);
    configure?.();
    await started;
    fake.status({ phase: 'running', step: 1 });
    expect(shown()).toMatchObject({ loss: 'l2', epoch: 2, run: 'earlier', ...stale });
    evaluate(1);
    expect(shown()).toMatchObject({ loss: 'l2', ...stale });
    show();
    expect(shown()).toMatchObject({ loss: 'wfdl', epoch: 1, run: 'present', ...current });
  });

  it('is that of the present run again if a new one cannot be built', async () => {
    const { fake, run, shown } = await evaluated();
    fake.status({ phase: 'finished' });
    fake.answer('configure', () => Promise.reject(new Error('no memory')));
    await run.start();
    expect(shown()).toMatchObject({ run: 'present', ...current });
  });

  it('is veiled while the run is reset, and shows nothing of it afterward', async () => {
    const { fake, run, withoutPicture, shown } = await evaluated();
    fake.status({ phase: 'paused' });
    withoutPicture();
    const reset = run.reset();
    expect(shown()).toMatchObject(pending);
    await reset;
    expect(shown()).toMatchObject({ loss: undefined, ...current });
  });

  it('is veiled while the run is scored otherwise', async () => {
    const { fake, run, store, shown } = await evaluated();
    fake.status({ phase: 'paused' });
    run.setConfig({ score: 'ssim' });
    expect(shown()).toMatchObject(pending);
    await expect.poll(() => store.getState().run.reevaluating).toBe(false);
    expect(shown()).toMatchObject(current);
  });

  it('names the step of a picture after the latest evaluation', async () => {
    const { fake, store, shown } = await evaluated();
    fake.status({ phase: 'paused', step: 3 });
    fake.emit('view', viewOf(store.getState().view.selected ?? 0, 3));
    expect(shown()).toMatchObject({ epoch: 3, step: 3, run: 'present', ...current });
  });

  it('veils the outcomes alone while the threshold is computed', async () => {
    const { fake, store, decision, shown } = await evaluated();
    fake.status({ phase: 'paused' });
    const latest = store.getState().run.history.evaluations.at(-1);
    if (!latest) throw new Error('nothing is evaluated');
    let answer: (() => void) | undefined;
    fake.answer(
      'goodTrainingScores',
      () =>
        new Promise((resolve) => {
          answer = () =>
            resolve({
              ...evaluationSettingsOf(latest),
              step: latest.step,
              heldOut: false,
              indices: [0],
              scores: Float64Array.of(1),
            });
        }),
    );
    decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    await expect.poll(() => answer).toBeDefined();
    expect(shown()).toMatchObject({ pictures: 'current', scores: 'current', threshold: 'pending' });
    answer?.();
    await expect.poll(() => shown().threshold).toBe('current');
  });
});

describe('the images of an opened run', () => {
  const imported = async (category: string) => {
    const fake = createFakeClients({ importRun: () => fakeImported(presets.quickLook, category) });
    const { store, imports } = await startedStore(fake);
    await imports.run({ modelJson: fakeModelJson, weights: new ArrayBuffer(8) });
    return otherImagesOf(store.getState());
  };

  it('are named if they are not those of its training', async () => {
    expect(await imported('bottle')).toEqual({ trainedOn: 'bottle', shownOn: 'sample' });
  });

  it('need no notice if they are those of its training, or if these are unknown', async () => {
    expect(await imported('sample')).toBeUndefined();
    expect(await imported('')).toBeUndefined();
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { Sample } from '#core/dataset.ts';
import { cancelled } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { ScanResult } from '#data/scan/scan-files.ts';
import type { RequestCall } from '#worker/rpc.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients, fakeCategory, fakeEvaluation } from '../testing/fake-clients.ts';
import { defaultPolicy } from './state.ts';
import { chosenThreshold } from './threshold.ts';

/** Two good images, then three anomalous ones. F1-max is reached at 3, which flags all anomalous images and no good one. */
const scores = [1, 2, 3, 4, 5];
/** Scores of the fake category's four good training images. Their 0.5 quantile is halfway between 3 and 5. */
const goodScores = Float64Array.of(7, 1, 5, 3);

const answerOf = (evaluation: Evaluation) => ({
  ...evaluationSettingsOf(evaluation),
  step: evaluation.step,
  heldOut: false,
  indices: [0, 1, 2, 3],
  scores: goodScores,
});

const opened = async () => {
  const fake = createFakeClients();
  const store = createAppStore(fake.clients);
  await store.actions.startUp();
  const asked = () => fake.requests.filter((name) => name === 'goodTrainingScores').length;
  return {
    fake,
    store,
    asked,
    decision: () => store.getState().decision,
    threshold: () => chosenThreshold(store.getState()),
  };
};

describe('the threshold', () => {
  it('by F1-max is that of the latest evaluation until another policy is chosen, and says what it was fitted on', async () => {
    const { fake, store, threshold } = await opened();
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    expect(threshold()).toMatchObject({ defined: false });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    expect(threshold()).toEqual({ defined: true, threshold: 3, fittedOn: 'test images' });
    expect(threshold()).toBe(threshold());
    store.actions.decision.setPolicy({ kind: 'manual', threshold: 4.5 });
    expect(threshold()).toEqual({ defined: true, threshold: 4.5, fittedOn: 'no images' });
  });

  it('that was set by hand stays through evaluations by the same score, while F1-max is fitted again', async () => {
    const { fake, store, decision, threshold } = await opened();
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    fake.emit('evaluation', fakeEvaluation(2, [10, 20, 30, 40, 50]));
    expect(threshold()).toMatchObject({ threshold: 30 });
    store.actions.decision.setPolicy({ kind: 'manual', threshold: 35 });
    fake.emit('evaluation', fakeEvaluation(3, scores));
    fake.emit('evaluation', { ...fakeEvaluation(4, scores), batchNorm: 'running' });
    expect(threshold()).toMatchObject({ threshold: 35 });
    expect(decision().note).toBeUndefined();
  });

  it('that was set by hand is the quantile again, with a note, after a change of the score', async () => {
    const { fake, store, decision } = await opened();
    fake.emit('evaluation', fakeEvaluation(1, scores));
    store.actions.decision.setPolicy({ kind: 'manual', threshold: 2.5 });
    fake.emit('evaluation', { ...fakeEvaluation(1, scores), score: 'ssim' });
    expect(decision().policy).toEqual({ kind: 'good-quantile', quantile: 0.95 });
    expect(decision().note).toContain('The score has changed');
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    expect(decision().note).toBeUndefined();
  });

  it('remembers the quantile that was chosen', async () => {
    const { store, decision } = await opened();
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.9 });
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    expect(decision().quantile).toBe(0.9);
  });
});

describe('the quantile of good training images', () => {
  it('is asked for when the policy is chosen, and is the quantile of their scores', async () => {
    const { fake, store, asked, threshold } = await opened();
    const evaluation = fakeEvaluation(1, scores);
    fake.answer('goodTrainingScores', () => answerOf(evaluation));
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    fake.emit('evaluation', evaluation);
    expect(asked()).toBe(0);
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    expect(threshold()).toEqual({ defined: false, reason: 'Scoring training images' });
    await vi.waitFor(() => expect(threshold().defined).toBe(true));
    expect(threshold()).toEqual({ defined: true, threshold: 4, fittedOn: 'training images' });
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 1 });
    expect(threshold()).toMatchObject({ threshold: expect.closeTo(7, 12) });
    expect(asked()).toBe(1);
  });

  it('waits for the end of training, says so, and is renewed after a new evaluation', async () => {
    const { fake, store, asked, threshold } = await opened();
    let latest = fakeEvaluation(1, scores);
    fake.answer('goodTrainingScores', () => answerOf(latest));
    fake.status({ phase: 'running' });
    fake.emit('evaluation', latest);
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    expect(asked()).toBe(0);
    expect(threshold()).toMatchObject({ reason: expect.stringContaining('once training pauses') });
    fake.status({ phase: 'paused' });
    await vi.waitFor(() => expect(threshold().defined).toBe(true));
    latest = fakeEvaluation(2, scores);
    fake.emit('evaluation', latest);
    expect(threshold().defined).toBe(false);
    await vi.waitFor(() => expect(threshold().defined).toBe(true));
    expect(asked()).toBe(2);
  });

  it('never uses scores of another evaluation: a late answer is dropped', async () => {
    const { fake, store, decision, threshold } = await opened();
    const first = fakeEvaluation(1, scores);
    const second = { ...fakeEvaluation(1, scores), score: 'ssim' as const };
    let answerFirst: (() => void) | undefined;
    fake.answer(
      'goodTrainingScores',
      () =>
        new Promise((resolve) => {
          answerFirst = () => resolve({ ...answerOf(first), scores: Float64Array.of(100) });
        }),
    );
    fake.emit('evaluation', first);
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    await vi.waitFor(() => expect(answerFirst).toBeDefined());
    fake.answer('goodTrainingScores', () => answerOf(second));
    fake.emit('evaluation', second);
    answerFirst?.();
    await vi.waitFor(() => expect(threshold()).toMatchObject({ threshold: 4 }));
    expect(decision().goodTrainingScores).toMatchObject({ phase: 'ready', evaluation: second });
  });

  it('refuses an answer that names another evaluation than the one on the page', async () => {
    const { fake, store, threshold } = await opened();
    fake.answer('goodTrainingScores', () => answerOf(fakeEvaluation(9, scores)));
    fake.emit('evaluation', fakeEvaluation(1, scores));
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    await vi.waitFor(() =>
      expect(threshold()).toMatchObject({ reason: expect.stringContaining('another evaluation') }),
    );
  });

  it('reports its progress, and stops if another policy is chosen', async () => {
    const { fake, store, decision, threshold } = await opened();
    const calls: (RequestCall | undefined)[] = [];
    fake.answer('goodTrainingScores', (_, call) => {
      calls.push(call);
      return new Promise(() => undefined);
    });
    fake.emit('evaluation', fakeEvaluation(1, scores));
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    const progress = { share: 0.25, remainingMs: 3000 };
    calls[0]?.onProgress?.(progress);
    expect(decision().goodTrainingScores).toMatchObject({ phase: 'computing', progress });
    expect(threshold()).toMatchObject({ reason: 'Scoring training images, 25 %' });
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    expect(decision().goodTrainingScores.phase).toBe('none');
    expect(calls[0]?.signal?.aborted).toBe(true);
    calls[0]?.onProgress?.(progress);
    expect(decision().goodTrainingScores.phase).toBe('none');
  });

  it('starts again after an interruption by training', async () => {
    const { fake, store, asked, threshold } = await opened();
    const evaluation = fakeEvaluation(1, scores);
    fake.answer('goodTrainingScores', () => Promise.reject(cancelled()));
    fake.emit('evaluation', evaluation);
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    fake.status({ phase: 'running' });
    await vi.waitFor(() => expect(asked()).toBe(1));
    fake.answer('goodTrainingScores', () => answerOf(evaluation));
    fake.status({ phase: 'paused' });
    await vi.waitFor(() => expect(threshold().defined).toBe(true));
    expect(asked()).toBe(2);
  });

  it('says why it failed, and why there is none', async () => {
    const { fake, store, threshold } = await opened();
    fake.answer('goodTrainingScores', () => Promise.reject(new Error('device gone')));
    fake.emit('evaluation', fakeEvaluation(1, scores));
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.5 });
    await vi.waitFor(() =>
      expect(threshold()).toMatchObject({ reason: expect.stringContaining('device gone') }),
    );
  });
});

describe('the default policy', () => {
  /** The fake category without some of its test images. */
  const without = (left: (sample: Sample) => boolean): ScanResult => {
    const { samples, ...rest } = fakeCategory('nut');
    return { categories: [{ ...rest, samples: samples.filter(left) }], skippedFiles: [] };
  };
  const good = without(({ anomalous }) => !anomalous);
  const whole = without(() => true);

  it('is the quantile of good images, and F1-max only without good training images', async () => {
    const { fake, store, decision } = await opened();
    for (const scan of [without(({ split }) => split === 'train'), good, whole]) {
      fake.setScan(scan);
      await store.actions.dataset.loadFiles([]);
      expect(decision().policy).toEqual({ kind: 'good-quantile', quantile: 0.95 });
    }
    const tested = store.getState().dataset.loaded?.samples.filter(({ split }) => split === 'test');
    expect(defaultPolicy(tested ?? [], 0.95)).toEqual({ kind: 'f1-maximum' });
  });

  it('does not replace a chosen quantile, but replaces F1-max, which would be undefined', async () => {
    const { fake, store, decision } = await opened();
    store.actions.decision.setPolicy({ kind: 'good-quantile', quantile: 0.8 });
    fake.setScan(whole);
    await store.actions.dataset.loadFiles([]);
    expect(decision().policy).toEqual({ kind: 'good-quantile', quantile: 0.8 });
    store.actions.decision.setPolicy({ kind: 'f1-maximum' });
    await store.actions.dataset.loadFiles([]);
    expect(decision().policy).toEqual({ kind: 'f1-maximum' });
    fake.setScan(good);
    await store.actions.dataset.loadFiles([]);
    expect(decision().policy).toEqual({ kind: 'good-quantile', quantile: 0.8 });
  });

  it('has a threshold without test images, which an export waits for and carries', async () => {
    const { fake, store, threshold } = await opened();
    fake.setScan(without(({ split }) => split === 'train'));
    await store.actions.dataset.loadFiles([]);
    await store.actions.run.start();
    const evaluation = fakeEvaluation(1, []);
    let answer: (() => void) | undefined;
    fake.answer(
      'goodTrainingScores',
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ ...answerOf(evaluation), heldOut: true });
        }),
    );
    fake.emit('evaluation', evaluation);
    fake.status({ phase: 'finished', step: 1 });
    await vi.waitFor(() => expect(answer).toBeDefined());
    let carried: unknown;
    fake.answer('exportRun', ({ threshold: record }) => {
      carried = record;
      return { modelJson: '{}', weights: new ArrayBuffer(4) };
    });
    const exported = store.actions.run.exportRun();
    expect(threshold().defined).toBe(false);
    answer?.();
    await exported;
    // Flagging one of four images would be more than 5 %.
    expect(threshold()).toMatchObject({ threshold: expect.closeTo(7, 12), fittedOn: 'held-out images' });
    expect(carried).toMatchObject({
      policy: 'good-quantile',
      quantile: 0.95,
      fittedOn: 'held-out images',
      images: 4,
      heldOutFalseAlarms: { falseAlarms: 0, images: 4 },
    });
  });
});

describe('the filter', () => {
  it('changes in the part that is named, and forgets a defect type that other images do not have', async () => {
    const { fake, store, decision } = await opened();
    store.actions.decision.setFilter({ defectType: 'bend' });
    store.actions.decision.setFilter({ outcome: 'missed' });
    expect(decision().filter).toEqual({ defectType: 'bend', outcome: 'missed' });
    const { samples, ...rest } = fakeCategory('nut');
    fake.setScan({
      categories: [{ ...rest, samples: samples.filter(({ defectType }) => defectType !== 'bend') }],
      skippedFiles: [],
    });
    await store.actions.dataset.loadFiles([]);
    expect(decision().filter).toEqual({ defectType: undefined, outcome: undefined });
  });
});

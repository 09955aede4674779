/** The content of the gallery, and the steps through its images. */
import { describe, expect, it, vi } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { runSplit } from '../run/training-split.ts';
import { fakeEvaluation } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { createGallerySelector } from './content.ts';
import { type GalleryItem, walkTarget } from './order.ts';

/**
 * Test images by index into the set: 4 and 5 are good, 6 and 7 have a dent, 8 is bent. With the scores below
 * and the threshold 2.5, 4 passes, 5 is a false alarm, 6 is missed, 7 and 8 are caught. By descending score the
 * order is 7, 8, 5, 6, 4.
 */
const started = async () => {
  const { fake, store } = await startedStore();
  const select = createGallerySelector();
  const evaluate = (scores: readonly number[] = [1, 3, 2, 5, 4]): void =>
    fake.emit('evaluation', fakeEvaluation(1, scores));
  const { decision, view } = store.actions;
  decision.setPolicy({ kind: 'manual', threshold: 2.5 });
  return { fake, store, decision, view, evaluate, content: () => select(store.getState()) };
};

const indices = (items: readonly GalleryItem[]): number[] => items.map(({ index }) => index);

describe('the gallery', () => {
  it('shows all test images by falling score, with what becomes of each', async () => {
    const { content, evaluate } = await started();
    evaluate();
    const { shown, outcomes, noOutcomes, counts } = content();
    expect(indices(shown)).toEqual([7, 8, 5, 6, 4]);
    expect(outcomes?.slice(4)).toEqual(['pass', 'false-alarm', 'missed', 'caught', 'caught']);
    expect(outcomes?.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(noOutcomes).toBeUndefined();
    expect(counts.byOutcome).toEqual({ all: 5, caught: 2, missed: 1, 'false-alarm': 1, pass: 1 });
    expect([...counts.byDefectType]).toEqual([
      ['good', 2],
      ['bend', 1],
      ['dent', 2],
    ]);
  });

  it('combines its filters; each count is what its choice would show beside the other filter', async () => {
    const { content, evaluate, decision } = await started();
    evaluate();
    decision.setFilter({ outcome: 'caught' });
    expect(indices(content().shown)).toEqual([7, 8]);
    decision.setFilter({ defectType: 'dent' });
    expect(indices(content().shown)).toEqual([7]);
    const { byOutcome, byDefectType, anyDefectType } = content().counts;
    expect(byOutcome).toEqual({ all: 2, caught: 1, missed: 1, 'false-alarm': 0, pass: 0 });
    expect(Object.fromEntries(byDefectType)).toEqual({ dent: 1, bend: 1, good: 0 });
    expect(anyDefectType).toBe(2);
    decision.setFilter({ outcome: 'pass' });
    expect(content().shown).toEqual([]);
  });

  it('says why there are no outcomes, and does not filter by them until there are', async () => {
    const { content, evaluate, decision } = await started();
    decision.setFilter({ outcome: 'missed' });
    expect(content().noOutcomes).toBe('Nothing is evaluated yet.');
    expect(indices(content().shown)).toEqual([4, 5, 6, 7, 8]);
    evaluate();
    expect(indices(content().shown)).toEqual([6]);
  });

  it('ignores a filter that does not apply: training images, a type that the images lack', async () => {
    const { content, evaluate, decision, view, store } = await started();
    evaluate();
    decision.setFilter({ outcome: 'missed', defectType: 'scratch' });
    expect(indices(content().shown)).toEqual([6]);
    view.setGalleryMode('train');
    const { trained } = runSplit(store.getState());
    expect(trained).toHaveLength(3);
    expect(indices(content().shown)).toEqual(trained);
  });

  it('shows held-out images apart, scored as the test images are', async () => {
    const { fake, store, content, evaluate, view } = await started();
    const { heldOut } = runSplit(store.getState());
    expect(heldOut).toHaveLength(1);
    fake.answer('goodTrainingScores', () => ({
      ...evaluationSettingsOf(fakeEvaluation(1, [])),
      step: 1,
      heldOut: true,
      indices: heldOut,
      scores: Float64Array.of(9),
    }));
    evaluate();
    await view.select(heldOut[0]!);
    expect(store.getState().view.galleryMode).toBe('held-out');
    await vi.waitFor(() => expect(content().shown).toMatchObject([{ index: heldOut[0], score: 9 }]));
    expect(content().counts.byOutcome).toMatchObject({ all: 1, 'false-alarm': 1 });
  });

  it('is the same object while the threshold moves between two scores, and while training goes on', async () => {
    const { content, evaluate, decision, store } = await started();
    evaluate();
    const before = content();
    decision.setPolicy({ kind: 'manual', threshold: 2.9 });
    store.setState((state) => ({
      ...state,
      run: { ...state.run, status: { ...state.run.status, step: 9 } },
    }));
    expect(content()).toBe(before);
    decision.setPolicy({ kind: 'manual', threshold: 3.1 });
    expect(content().outcomes?.[5]).toBe('pass');
    // Only the outcomes have changed, not the order of the images.
    expect(content().order).toBe(before.order);
  });
});

describe('walking', () => {
  it('follows the filtered order, and stays at its ends', async () => {
    const { evaluate, decision, view, store } = await started();
    evaluate();
    decision.setFilter({ defectType: 'dent' });
    await view.select(7);
    await view.walk(1);
    expect(store.getState().view.selected).toBe(6);
    await view.walk(1);
    expect(store.getState().view.selected).toBe(6);
    await view.walk(-10);
    expect(store.getState().view.selected).toBe(7);
  });

  it('leaves an image that the filter hides on the bench, and goes from there to the nearest on either side', async () => {
    const { content, evaluate, decision, store } = await started();
    evaluate();
    await store.actions.view.select(5);
    decision.setFilter({ defectType: 'bend' });
    expect(store.getState().view.selected).toBe(5);
    // 7, 8 and 4 are shown; the hidden image 5 is between 8 and 4.
    const { order } = content();
    const shown = order.filter(({ index }) => index !== 5 && index !== 6);
    expect([-3, -2, -1, 1, 2].map((offset) => walkTarget(order, shown, 5, offset)?.index)).toEqual([
      7, 7, 8, 4, 4,
    ]);
  });

  it('starts at the first image from one of another split, and stays if no image is shown', async () => {
    const { content, evaluate } = await started();
    evaluate();
    const { order } = content();
    expect([-1, 1, 2].map((offset) => walkTarget(order, order, 0, offset)?.index)).toEqual([7, 7, 8]);
    expect(walkTarget(order, [], 7, 1)).toBeUndefined();
  });
});

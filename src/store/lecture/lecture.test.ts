import { describe, expect, it } from 'vitest';
import { pageFragment } from '../page-fragment.ts';
import { startedStore } from '../testing/started-store.ts';
import { evaluationAt } from './state.ts';

const captions = (store: Awaited<ReturnType<typeof startedStore>>['store']): readonly string[] =>
  store.getState().lecture.steps.map(({ caption }) => caption);

const withEvaluations = async () => {
  const app = await startedStore();
  app.fake.emit('kept', [
    { epoch: 4, step: 40 },
    { epoch: 8, step: 80 },
    { epoch: 12, step: 120 },
  ]);
  app.fake.answer('viewPast', ({ index }) => ({ ...app.store.getState().view.sample!, index }));
  return app;
};

const panels = ['residual'] as const;

describe('the script of the lecture', () => {
  it('has the image, the epoch and the page of each step, and shows them again', async () => {
    const { store, lecture, view } = await withEvaluations();
    await view.select(6);
    await view.scrub(40);
    lecture.add({ panels, caption: 'early' });
    await view.select(8);
    await view.scrub(undefined);
    lecture.add({ panels: ['overlay', 'residual'], caption: 'late' });
    expect(store.getState().lecture.steps).toMatchObject([
      { page: 'bench', panels, path: 'test/dent/0.png', epoch: 4 },
      { page: 'bench', path: 'test/bend/0.png', epoch: 12 },
    ]);
    view.set({ page: 'method' });
    await lecture.start(0);
    expect(store.getState().view).toMatchObject({ page: 'bench', selected: 6, pastStep: 40 });
    await lecture.go(1);
    expect(store.getState().view).toMatchObject({ selected: 8, pastStep: undefined });
    await lecture.go(9);
    expect(store.getState().lecture).toMatchObject({ position: 1, running: true });
    lecture.leave();
    expect(store.getState().lecture.running).toBe(false);
  });

  it('can be reordered, changed and shortened', async () => {
    const { store, lecture } = await withEvaluations();
    for (const caption of ['a', 'b', 'c']) lecture.add({ panels, caption });
    lecture.move(0, 1);
    expect(captions(store)).toEqual(['b', 'a', 'c']);
    lecture.move(0, -1);
    lecture.move(2, 5);
    expect(captions(store)).toEqual(['b', 'a', 'c']);
    lecture.change(1, { caption: 'A' });
    lecture.remove(0);
    expect(captions(store)).toEqual(['A', 'c']);
  });

  it('walks through the epochs of a step', async () => {
    const { store, lecture, view } = await withEvaluations();
    await view.select(6);
    await lecture.walkEpochs(-1);
    expect(store.getState().view.pastStep).toBe(80);
    await lecture.walkEpochs(-5);
    expect(store.getState().view.pastStep).toBe(40);
    await lecture.walkEpochs(5);
    expect(store.getState().view.pastStep).toBeUndefined();
  });

  it('is restored by the link of the page', async () => {
    const { store, lecture } = await withEvaluations();
    lecture.add({ panels, caption: 'Look: 16 to 32 cycles, lost.' });
    const fragment = pageFragment(store.getState());
    const other = await startedStore();
    other.lecture.openLink(fragment);
    other.run.openLink(fragment);
    expect(other.store.getState().lecture).toMatchObject({
      steps: store.getState().lecture.steps,
      offered: true,
    });
    expect(other.store.getState().run.error).toBeUndefined();
  });

  it.each([
    ['v=2&preset=paper&lecture=1;bench,a.b.c,,,', 'step 1 names 3 panels'],
    ['v=2&preset=paper&lecture=1;nowhere,residual,,,', 'a page called "nowhere"'],
  ])('is refused with a message in a broken link: %s', async (fragment, problem) => {
    const { store, lecture } = await startedStore();
    lecture.openLink(fragment);
    expect(store.getState().run.error?.problem).toContain(problem);
    expect(store.getState().lecture.steps).toEqual([]);
  });
});

describe('the evaluation of an epoch', () => {
  const evaluations = [4, 8, 12].map((epoch) => ({ epoch, step: 10 * epoch }));

  it('is the last one up to it, or the first of all', () => {
    expect(evaluationAt(evaluations, 8)?.epoch).toBe(8);
    expect(evaluationAt(evaluations, 11)?.epoch).toBe(8);
    expect(evaluationAt(evaluations, 100)?.epoch).toBe(12);
    expect(evaluationAt(evaluations, 1)?.epoch).toBe(4);
    expect(evaluationAt([], 1)).toBeUndefined();
  });
});

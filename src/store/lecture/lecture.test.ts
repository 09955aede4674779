import { describe, expect, it } from 'vitest';
import { lectureFromFragment, longestCaption, withLecture } from '#core/lecture-link.ts';
import { presets } from '#core/presets.ts';
import { sampleCategory } from '#data/synthetic/sample-category.ts';
import { pageFragment } from '../page-fragment.ts';
import { fakeImported, fakeModelJson } from '../testing/fake-clients.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { startedStore } from '../testing/started-store.ts';
import { exampleScript } from './example-script.ts';
import { missingRun } from './missing-run.ts';
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

describe('the run that a link names', () => {
  /** A store with a script, which counts the requests for the bundled runs. */
  const linked = async (steps = 1) => {
    const app = await startedStore();
    let asked = 0;
    app.fake.bundledRuns = async () => {
      asked++;
      return [];
    };
    for (let step = 0; step < steps; step++) app.lecture.add({ panels, caption: '' });
    const withRun = (): void =>
      app.store.setState(({ runs }) => ({ runs: { ...runs, retained: [fakeRun({ id: 'own' })] } }));
    return { ...app, withRun, asked: () => asked, missing: () => missingRun(app.store.getState()) };
  };

  it('is noted if it is not here, and the bundled runs take its place on a page without others', async () => {
    const { store, lecture, asked, missing } = await linked();
    await lecture.openRun('elsewhere');
    expect(missing()).toEqual({ id: 'elsewhere', config: store.getState().run.config });
    expect(asked()).toBe(1);
    expect(store.getState().runs.error).toBeUndefined();
    // The link still names the run, so it opens where the run is retained.
    expect(pageFragment({ ...store.getState(), pair: { phase: 'shown' } })).toContain('run=elsewhere');
  });

  it('leaves the page of a user with runs of its own as it is', async () => {
    const { lecture, withRun, asked, missing } = await linked();
    withRun();
    await lecture.openRun('elsewhere');
    expect(asked()).toBe(0);
    expect(missing()).toBeDefined();
  });

  it('is no longer missing after a run with its settings is opened, whatever the machine', async () => {
    const { store, lecture, imports, fake, withRun, missing } = await linked();
    withRun();
    await lecture.openRun('elsewhere');
    const files = { modelJson: fakeModelJson, weights: new ArrayBuffer(8) };
    const { config } = store.getState().run;
    fake.answer('importRun', () => fakeImported({ ...config, seed: config.seed + 1 }));
    await imports.run(files);
    expect(missing()).toBeDefined();
    fake.answer('importRun', () => fakeImported({ ...config, memoryBudgetMB: 77 }));
    await imports.run(files);
    expect(missing()).toBeUndefined();
  });

  it('is an error without a lecture', async () => {
    const { store, lecture, asked } = await linked(0);
    await lecture.openRun('elsewhere');
    expect(store.getState().runs.error?.problem).toMatch(/The run of this link \(\w+, seed 0\) is not/);
    expect(asked()).toBe(0);
  });

  it('may be the bundled one, also beside runs of the user', async () => {
    const { lecture, withRun, asked, missing } = await linked();
    withRun();
    await lecture.openRun('bundled');
    expect(asked()).toBe(1);
    expect(missing()).toBeUndefined();
  });

  it('is the bundled one in the link of a lecture about it', async () => {
    const { store } = await linked();
    const state = store.getState();
    expect(pageFragment(state)).not.toContain('run=');
    expect(pageFragment({ ...state, pair: { phase: 'shown' } })).toContain('run=bundled');
    const withoutScript = { ...state, lecture: { ...state.lecture, steps: [] } };
    expect(pageFragment({ ...withoutScript, pair: { phase: 'shown' } })).not.toContain('run=');
  });

  it('shows the state of the step when it opens after the start', async () => {
    const { store, lecture, imports, fake, view } = await linked(0);
    lecture.openLink('v=2&preset=quickLook&lecture=1;bench,residual,,4,');
    fake.answer('viewPast', ({ index }) => ({ ...store.getState().view.sample!, index }));
    await view.select(6);
    await lecture.start(0);
    expect(store.getState().view.pastStep).toBeUndefined();
    const kept = [4, 8].map((epoch) => ({ epoch, step: 10 * epoch }));
    fake.answer('importRun', () => ({ ...fakeImported(presets.quickLook), kept }));
    await imports.run({ modelJson: fakeModelJson, weights: new ArrayBuffer(8) });
    await expect.poll(() => store.getState().view.pastStep).toBe(40);
  });
});

describe('the example script', () => {
  it('takes the place of an empty one, and asks for the runs that it is about', async () => {
    const { store, fake, lecture } = await startedStore();
    let asked = 0;
    fake.bundledRuns = async () => {
      asked++;
      return [];
    };
    await lecture.takeExample();
    expect(asked).toBe(1);
    expect(store.getState().lecture.steps.length).toBeGreaterThan(3);
  });

  it('has images of the sample and epochs of the bundled runs, and survives a link', async () => {
    const paths = sampleCategory().samples.map(({ path }) => path);
    for (const { path, epoch, caption } of exampleScript) {
      expect(paths).toContain(path);
      expect([4, 12, 32, 80]).toContain(epoch);
      expect(caption.length).toBeLessThanOrEqual(longestCaption);
    }
    expect(lectureFromFragment(withLecture('v=2', exampleScript))).toEqual(exampleScript);
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

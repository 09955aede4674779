import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import type { RivalEvent } from '#core/training-events.ts';
import {
  changedSettings,
  continuingValues,
  isBusy,
  leadingStatus,
  losesWeights,
  overallPhase,
} from '../run/state.ts';
import { runsOfRace } from '../runs/retained-run.ts';
import { parseRecord, toRecord } from '../runs/run-record.ts';
import {
  fakeEvaluation,
  fakeImported,
  fakeModelJson,
  fakeStatus,
  fakeView,
} from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { placeOf } from '../view/place.ts';
import { raceDifferences } from './differences.ts';
import { raceResult } from './result.ts';
import { contestantsOf } from './state.ts';

const config: RunConfig = { ...presets.quickLook, loss: 'wfdl' };
const settings = evaluationSettingsOf(config);

/** A store with a race of WFDL and L2 in progress. */
const startedRace = async () => {
  const started = await startedStore();
  const { fake, run, race } = started;
  run.setConfig(config);
  race.plan([{ loss: 'l2' }]);
  await run.start();
  const rival = <Name extends RivalEvent['name']>(
    name: Name,
    payload: Extract<RivalEvent, { name: Name }>['payload'],
  ): void => fake.emit('rival', { place: 1, name, payload } as RivalEvent);
  const state = () => started.store.getState();
  rival('status', fakeStatus({ phase: 'running' }));
  return { ...started, rival, state };
};

const evaluation = (step: number, scores: readonly number[]) => ({
  ...fakeEvaluation(step, scores),
  ...settings,
});

describe('the plan of a race', () => {
  it('is refused with an invalid rival, and nothing changes', async () => {
    const { race, run, store } = await startedStore();
    run.setConfig(config);
    race.plan([{ loss: 'l2' }]);
    race.plan([{ learningRate: 9 }]);
    expect(store.getState().run.error?.problem).toContain('learningRate is 9');
    expect(store.getState().race.planned).toEqual([{ loss: 'l2' }]);
    race.cancelPlan();
    expect(store.getState().race.planned).toEqual([]);
  });

  it('is locked while a contestant trains', async () => {
    const { race, run, fake, rival, state } = await startedRace();
    fake.status({ phase: 'failed', step: 1 });
    race.plan([]);
    expect(state().run.error?.problem).toMatch(/cannot change while the run is running/);
    expect(() => run.setConfig({ batch: 1 })).toThrow(/batch cannot change/);
    rival('status', fakeStatus({ phase: 'paused' }));
    run.dismissError();
    race.plan([]);
    expect(state().run.error).toBeUndefined();
  });

  it('needs a new run, unless it is that of the present one', async () => {
    const { race, run, fake, rival, state } = await startedRace();
    fake.status({ phase: 'paused', step: 1 });
    rival('status', fakeStatus({ phase: 'paused', step: 1 }));
    const changed = () => changedSettings(state().run, state().race);
    expect(changed()).toEqual([]);
    expect(continuingValues(state().run, state().race)).toEqual({});
    race.plan([{ loss: 'ssim' }]);
    expect(changed()).toEqual(['loss']);
    expect(continuingValues(state().run, state().race)).toBeUndefined();
    run.revertSettings();
    expect(state().race.planned).toEqual([{ loss: 'l2' }]);
    race.cancelPlan();
    expect(changed()).toEqual(['loss']);
    race.plan([{ loss: 'l2' }]);
    // A rate is taken over by both.
    run.setConfig({ learningRate: 0.01 });
    expect(continuingValues(state().run, state().race)).toEqual({ learningRate: 0.01 });
  });

  it('comes with a link', async () => {
    const { run, store } = await startedStore();
    run.openLink('v=2&preset=quickLook&loss=wfdl&against=loss%3Dl2');
    expect(store.getState().race.planned).toEqual([{ loss: 'l2' }]);
    run.openLink('v=2&preset=quickLook');
    expect(store.getState().race.planned).toEqual([]);
  });

  it('is estimated as a whole, and refused if a rival equals the run', async () => {
    const { race, run, store, fake } = await startedStore();
    run.setConfig(config);
    race.plan([{ loss: 'l2' }]);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(fake.requests).toContain('estimateRace');
    expect(store.getState().run.estimate).toMatchObject({ phase: 'ready', estimate: { memoryBytes: 2 } });
    run.setConfig({ loss: 'l2' });
    await run.start();
    expect(store.getState().run.error?.problem).toMatch(/same settings as contestant 1/);
  });
});

describe('a race', () => {
  it('builds all contestants, and lists them', async () => {
    const { fake, state } = await startedRace();
    expect(fake.requests).toContain('configureRace');
    expect(contestantsOf(state()).map((contestant) => contestant.config.loss)).toEqual(['wfdl', 'l2']);
    expect(contestantsOf(state())).toBe(contestantsOf(state()));
  });

  it('shows no reconstruction of an earlier run as its first contestant’s', async () => {
    const { store, state } = await startedRace();
    const output = { epoch: 80, step: 1200 } as NonNullable<SampleView['output']>;
    const shown = (earlierRun: RunConfig | undefined) => {
      const { view } = state();
      store.setState({ view: { ...view, earlierRun, sample: { ...fakeView(0), output } } });
      return contestantsOf(state())[0]?.sample;
    };
    expect(shown(config)).toEqual(fakeView(0));
    expect(shown(undefined)?.output).toBe(output);
  });

  it('follows the events of a rival beside those of the run', async () => {
    const { fake, rival, state } = await startedRace();
    rival('steps', [{ step: 1, epoch: 1, loss: 2 }]);
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    rival('evaluation', evaluation(1, [1, 2, 3, 4, 5]));
    rival('evaluation', evaluation(1, [1, 2, 3, 5, 4]));
    rival('kept', [{ epoch: 1, step: 1 }]);
    rival('view', fakeView(state().view.selected ?? -1));
    rival('view', fakeView(0));
    const [first, second] = contestantsOf(state());
    expect(first?.history.steps.at(-1)?.loss).toBe(3);
    expect(second?.history.steps.at(-1)?.loss).toBe(2);
    expect(second?.history.evaluations.map(({ scores }) => [...scores])).toEqual([[1, 2, 3, 5, 4]]);
    expect(second?.pastEvaluations).toEqual([{ epoch: 1, step: 1 }]);
    expect(second?.sample?.index).toBe(state().view.selected);
  });

  it('goes on without a contestant that fails, and says which', async () => {
    const { fake, rival, state } = await startedRace();
    fake.status({ phase: 'running', step: 1 });
    rival('failure', { code: 'non-finite-loss', problem: 'The loss became NaN.', remedy: 'Lower it.' });
    expect(state().run.error?.problem).toBe(
      'Contestant 2 of the race failed, and the others train on. The loss became NaN.',
    );
    expect(contestantsOf(state())[1]).toMatchObject({
      status: { phase: 'failed' },
      failure: { code: 'non-finite-loss' },
    });
    expect(overallPhase(state().run, state().race)).toBe('running');
  });

  it('goes on without its first contestant: the others pause, resume, step, stop, and are retained', async () => {
    const { fake, run, rival, state } = await startedRace();
    const failure = {
      code: 'non-finite-loss',
      problem: 'The loss became NaN.',
      remedy: 'Lower it.',
    } as const;
    rival('steps', [{ step: 1, epoch: 1, loss: 2 }]);
    rival('status', fakeStatus({ phase: 'running', step: 1 }));
    // It fails before its first evaluation, so it has no step left.
    fake.emit('failure', failure);
    fake.status({ phase: 'failed', step: 0 });
    expect(state().run.error?.problem).toBe(
      'Contestant 1 of the race failed, and the others train on. The loss became NaN.',
    );
    expect(leadingStatus(state().run, state().race)).toMatchObject({ phase: 'running', step: 1 });
    expect(isBusy(state().run, state().race)).toBe(true);
    rival('status', fakeStatus({ phase: 'paused', step: 1 }));
    expect(losesWeights(state())).toBe(true);
    expect(continuingValues(state().run, state().race)).toEqual({});
    fake.requests.length = 0;
    await run.start();
    await run.step();
    // The answer of the fake worker is that of a run alone.
    fake.status({ phase: 'failed', step: 0 });
    expect(fake.requests.filter((name) => /configure|start|step/.test(name))).toEqual(['start', 'step']);
    // A start clears the message, but not the failure.
    expect(state().run.error).toBeUndefined();
    expect(contestantsOf(state())[0]?.failure).toEqual(failure);
    rival('evaluation', evaluation(1, [3, 4, 1, 2, 5]));
    rival('status', fakeStatus({ phase: 'finished', step: 1, turnMs: 12.4 }));
    await expect.poll(() => state().runs.retained).toMatchObject([{ name: 'L2 1', trainMs: 12 }]);
    expect(raceResult(state())?.contestants).toMatchObject([{ failure }, { failure: undefined }]);
    expect(losesWeights(state())).toBe(false);
    expect(continuingValues(state().run, state().race)).toBeUndefined();
  });

  it('starts again after a reset, as another race', async () => {
    const { run, rival, state } = await startedRace();
    const { id } = state().race;
    rival('steps', [{ step: 1, epoch: 1, loss: 2 }]);
    await run.reset();
    expect(state().race.rivals[0]?.history.steps.length).toBe(0);
    expect(state().race.id).not.toBe(id);
  });

  it('ends with the images, and with a run alone', async () => {
    const { run, race, fake, rival, state } = await startedRace();
    fake.status({ phase: 'finished', step: 1 });
    rival('status', fakeStatus({ phase: 'finished', step: 1 }));
    race.cancelPlan();
    await run.start();
    expect(state().race).toMatchObject({ rivals: [], id: undefined });
  });

  it('scores all contestants by other settings', async () => {
    const { run, fake, rival, state } = await startedRace();
    fake.status({ phase: 'paused', step: 1 });
    rival('status', fakeStatus({ phase: 'paused', step: 1 }));
    run.setConfig({ score: 'ssim' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(contestantsOf(state()).map((contestant) => contestant.config.score)).toEqual(['ssim', 'ssim']);
  });

  it('compares the AUROCs at the last epoch that both evaluated by the same score', async () => {
    const { fake, rival, state } = await startedRace();
    fake.emit('evaluation', evaluation(1, [1, 2, 3, 4, 5]));
    rival('evaluation', evaluation(1, [3, 4, 1, 2, 5]));
    fake.emit('evaluation', evaluation(2, [1, 2, 3, 4, 5]));
    const [difference] = raceDifferences(state());
    expect(difference).toMatchObject({ first: 0, second: 1, epoch: 1 });
    // The rival wins two of six pairs.
    expect(difference?.difference).toMatchObject({ defined: true, value: 1 - 1 / 3 });
    rival('evaluation', { ...evaluation(2, [1, 2, 3, 4, 5]), score: 'ssim' });
    expect(raceDifferences(state())[0]?.epoch).toBe(1);
    expect(raceDifferences(state(), 0)).toEqual([]);
  });
});

describe('the runs of a race', () => {
  it('have the training time of their own turns', async () => {
    const { fake, rival, state } = await startedRace();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    rival('status', fakeStatus({ phase: 'finished', step: 1, turnMs: 700 }));
    fake.status({ phase: 'finished', step: 1, turnMs: 1200 });
    await expect
      .poll(() =>
        state()
          .runs.retained.map(({ trainMs }) => trainMs)
          .sort(),
      )
      .toEqual([1200, 700]);
  });

  it('are reopened as the race that they were', async () => {
    const { fake, run, rival, state, race, lecture } = await startedRace();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    rival('status', fakeStatus({ phase: 'finished', step: 1, turnMs: 700 }));
    fake.status({ phase: 'finished', step: 1, turnMs: 1200 });
    await expect.poll(() => state().runs.retained).toHaveLength(2);
    const raceId = state().race.id ?? '';
    // Another run takes its place.
    race.cancelPlan();
    await run.start();
    fake.status({ phase: 'finished', step: 1 });
    fake.answer('exportRival', () => ({ modelJson: fakeModelJson, weights: new ArrayBuffer(4) }));
    fake.answer('openRun', () => ({ side: config.side, fit: config.fit }));
    fake.answer('importRace', ({ rivals }) => {
      expect(rivals).toHaveLength(1);
      // The events of the imported runs arrive before the answer.
      rival('status', fakeStatus({ phase: 'finished', step: 80 }));
      return [fakeImported(config), fakeImported({ ...config, loss: 'l2' })];
    });
    await expect.poll(() => state().runs.retained).toHaveLength(3);
    // The id of a race in a link opens it, as the list does.
    await lecture.openRun(raceId);
    expect(placeOf(state()).run).toBe(raceId);
    expect(contestantsOf(state()).map(({ config: { loss }, status }) => [loss, status.phase])).toEqual([
      ['wfdl', 'finished'],
      ['l2', 'finished'],
    ]);
    expect(state().race).toMatchObject({ id: raceId, planned: [] });
    expect(state().runs.presentId).toBe(runsOfRace(raceId, state().runs.retained)[0]?.id);
    // Nothing needs a new run, and nothing is retained again.
    expect(changedSettings(state().run, state().race)).toEqual([]);
    expect(state().runs.retained).toHaveLength(3);
    expect(runsOfRace(raceId, state().runs.retained).map(({ trainMs }) => trainMs)).toEqual([1200, 700]);
    // After a reset, Train races again.
    await run.reset();
    expect(state().race.planned).toEqual([{ loss: 'l2' }]);
    expect(changedSettings(state().run, state().race)).toEqual([]);
  });

  it('stay as they are if one of them cannot be opened', async () => {
    const { fake, rival, state, runs } = await startedRace();
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    rival('status', fakeStatus({ phase: 'finished', step: 1 }));
    fake.status({ phase: 'finished', step: 1 });
    await expect.poll(() => state().runs.retained).toHaveLength(2);
    const { race } = state();
    fake.answer('openRun', () => ({ side: config.side, fit: config.fit }));
    fake.answer('importRace', () => {
      throw new ResiduaError('import-invalid', 'Damaged.', 'Choose another.');
    });
    await runs.restoreRace(race.id ?? '');
    expect(state().run.error?.problem).toBe('Damaged.');
    expect(state().race).toEqual(race);
    await runs.restoreRace('gone');
    expect(state().runs.error?.code).toBe('unknown-run');
  });

  it('are retained, and know each other', async () => {
    const { fake, rival, state } = await startedRace();
    rival('steps', [{ step: 1, epoch: 1, loss: 2 }]);
    rival('evaluation', evaluation(1, [3, 4, 1, 2, 5]));
    fake.emit('steps', [{ step: 1, epoch: 1, loss: 3 }]);
    fake.emit('evaluation', evaluation(1, [1, 2, 3, 4, 5]));
    rival('status', fakeStatus({ phase: 'finished', step: 1 }));
    fake.status({ phase: 'finished', step: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { retained } = state().runs;
    expect(retained.map(({ name, race }) => [name, race?.place])).toEqual([
      ['L2 1', 1],
      ['WFDL 1', 0],
    ]);
    expect(retained[0]?.race?.id).toBe(retained[1]?.race?.id);
    expect(runsOfRace(retained[0]?.race?.id ?? '', retained).map(({ name }) => name)).toEqual([
      'WFDL 1',
      'L2 1',
    ]);
    expect(retained[0]?.references).toBeDefined();
    // Stored and read again, they still know each other.
    expect(retained.map((run) => parseRecord(toRecord(run)).race)).toEqual(retained.map(({ race }) => race));
  });
});

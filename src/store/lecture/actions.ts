/** Writes the script of the lecture, and shows its steps. */
import type { RunConfig } from '#core/config.ts';
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import { type LectureStep, lectureFromFragment, mostLectureSteps } from '#core/lecture-link.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { PairActions } from '../pair/actions.ts';
import { bundledRunId } from '../pair/state.ts';
import type { RunsActions } from '../runs/actions.ts';
import { lossInWords, runsOfRace } from '../runs/retained-run.ts';
import { retainedRun } from '../runs/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { ViewActions } from '../view/actions.ts';
import { pastStepOf } from '../view/past-step.ts';
import { pageNames } from '../view/state.ts';
import { evaluationAt } from './state.ts';

/** Actions on the lecture. None of them rejects. */
export interface LectureActions {
  /** Adds the present image and epoch as the last step. Does nothing if the script is full. */
  add(step: Pick<LectureStep, 'panels' | 'caption'>): void;
  /** Changes the caption or the panels of a step. */
  change(index: number, change: Partial<Pick<LectureStep, 'panels' | 'caption'>>): void;
  remove(index: number): void;
  /** Moves a step by this many places; stops at the ends. */
  move(index: number, by: number): void;
  /** Fills the screen, and shows the step at `position`; without a script, panels of the bench. */
  start(position?: number): Promise<void>;
  /** Leaves the screen, and keeps the script and the state that is shown. */
  leave(): void;
  /** Shows the step at this index; stops at the ends. */
  go(position: number): Promise<void>;
  /** Shows the chosen image `offset` evaluations later or earlier. */
  walkEpochs(offset: number): Promise<void>;
  /** Takes the example script, and opens the runs that it is about, unless `pairBlock` has a reason not to. */
  takeExample(): Promise<void>;
  /**
   * Opens the run or race that a link names. If it is not on this device, a lecture notes that, and shows the bundled runs if the page has
   * nothing else; without a lecture, an error goes to `runs.error`.
   * @param id of a retained run, of a race with retained runs, or `bundledRunId`
   */
  openRun(id: string): Promise<void>;
  /** Takes the script of a link. If it is invalid, nothing changes, and the error goes to `run.error`. */
  openLink(fragment: string): void;
}

export const lecturePolicy: QueuePolicy<LectureActions> = {
  add: 'allow',
  change: 'allow',
  remove: 'allow',
  move: 'allow',
  start: 'allow',
  leave: 'allow',
  go: 'allow',
  walkEpochs: 'allow',
  takeExample: 'allow',
  openRun: { refuse: 'training', report: 'run' },
  openLink: 'allow',
};

const notHere = ({ loss, seed }: RunConfig): PlainError => ({
  code: 'unknown-run',
  problem: `The run of this link (${lossInWords(loss)}, seed ${seed}) is not in this browser.`,
  remedy: 'Import its files, or press Train: the link has its settings.',
});

const pageOf = (name: string) => pageNames.find((known) => known === name);

/** Creates the actions of the lecture slice. */
export const createLectureActions = (
  api: StateApi,
  view: Pick<ViewActions, 'select' | 'scrub' | 'set'>,
  pair: Pick<PairActions, 'open'>,
  runs: Pick<RunsActions, 'restore' | 'restoreRace'>,
): LectureActions => {
  const lecture = () => api.getState().lecture;
  const setSteps = (steps: readonly LectureStep[]): void =>
    patch(api, 'lecture', {
      steps,
      position: Math.max(0, Math.min(lecture().position, steps.length - 1)),
      offered: false,
    });

  const show = async ({ page: name, path, epoch }: LectureStep): Promise<void> => {
    const { dataset, run, view: shown } = api.getState();
    const page = pageOf(name);
    if (page !== undefined && page !== shown.page) view.set({ page });
    const index = dataset.loaded?.samples.findIndex((sample) => sample.path === path) ?? -1;
    if (index >= 0 && index !== shown.selected) await view.select(index);
    const past = epoch === undefined ? undefined : evaluationAt(run.pastEvaluations, epoch);
    await view.scrub(past?.step);
  };

  const go = async (position: number): Promise<void> => {
    const { steps } = lecture();
    const next = Math.max(0, Math.min(position, steps.length - 1));
    patch(api, 'lecture', { position: next });
    const step = steps[next];
    if (step) await show(step);
  };

  // A run that is opened meanwhile has other past epochs.
  api.subscribe((state, before) => {
    if (state.lecture.running && state.run.summary !== before.run.summary) void go(state.lecture.position);
  });

  return {
    add: ({ panels, caption }) => {
      const state = api.getState();
      const { steps } = state.lecture;
      if (steps.length >= mostLectureSteps) return;
      const { selected, page } = state.view;
      const past = pastStepOf(state);
      const evaluations = state.run.pastEvaluations;
      const shown = evaluations.find(({ step }) => step === past) ?? evaluations.at(-1);
      const path = selected === undefined ? undefined : state.dataset.loaded?.samples[selected]?.path;
      setSteps([...steps, { page, panels, path, epoch: shown?.epoch, caption }]);
    },
    change: (index, change) =>
      setSteps(lecture().steps.map((step, place) => (place === index ? { ...step, ...change } : step))),
    remove: (index) => setSteps(lecture().steps.filter((_, place) => place !== index)),
    move: (index, by) => {
      const { steps } = lecture();
      const step = steps[index];
      if (!step) return;
      const others = steps.filter((_, place) => place !== index);
      const target = Math.max(0, Math.min(index + by, others.length));
      setSteps([...others.slice(0, target), step, ...others.slice(target)]);
    },
    start: async (position = lecture().position) => {
      patch(api, 'lecture', { running: true, offered: false });
      // Without a script, it shows panels of the bench.
      if (lecture().steps.length === 0) view.set({ page: 'bench' });
      await go(position);
    },
    leave: () => patch(api, 'lecture', { running: false }),
    go,
    walkEpochs: async (offset) => {
      const state = api.getState();
      const evaluations = state.run.pastEvaluations;
      const past = pastStepOf(state);
      const found = evaluations.findIndex(({ step }) => step === past);
      const at = found < 0 ? evaluations.length - 1 : found;
      const target = evaluations[Math.max(0, Math.min(at + offset, evaluations.length - 1))];
      if (target) await view.scrub(target.step);
    },
    takeExample: async () => {
      const { exampleScript } = await import('./example-script.ts');
      setSteps(exampleScript);
      await pair.open();
      if (lecture().running) await go(0);
    },
    openRun: async (id) => {
      const { runs: library, run } = api.getState();
      if (id === bundledRunId) return pair.open();
      if (retainedRun(library, id)) return runs.restore(id);
      const [first, ...others] = runsOfRace(id, library.retained);
      if (first) return others.length > 0 ? runs.restoreRace(id) : runs.restore(first.id);
      if (lecture().steps.length === 0) return patch(api, 'runs', { error: notHere(run.config) });
      patch(api, 'lecture', { missingRun: { id, config: run.config } });
      if (run.configured === undefined && library.retained.length === 0) await pair.open();
    },
    openLink: (fragment) => {
      try {
        const steps = lectureFromFragment(fragment);
        const lost = steps.findIndex(({ page }) => pageOf(page) === undefined);
        if (lost >= 0) {
          throw new ResiduaError(
            'config-invalid',
            `The link's lecture cannot be used: step ${lost + 1} is on a page called "${steps[lost]?.page}".`,
            'Ask for a new link, or open it in a newer Residua.',
          );
        }
        if (steps.length > 0) patch(api, 'lecture', { steps, position: 0, offered: true });
      } catch (thrown) {
        patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      }
    },
  };
};

/** Writes the script of the lecture, and shows its steps. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { type LectureStep, lectureFromFragment, mostLectureSteps } from '#core/lecture-link.ts';
import { patch, type StateApi } from '../app-state.ts';
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
  openLink: 'allow',
};

const pageOf = (name: string) => pageNames.find((known) => known === name);

/** Creates the actions of the lecture slice. */
export const createLectureActions = (
  api: StateApi,
  view: Pick<ViewActions, 'select' | 'scrub' | 'set'>,
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

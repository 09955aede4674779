/** The held evaluations of all contestants, by the keys of their spectra. */
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { AppState } from '../app-state.ts';
import { type Contestant, contestantsOf } from '../race/state.ts';
import { pastStepOf } from '../view/past-step.ts';
import { spectraKey } from './state.ts';

export interface HeldEvaluation {
  readonly key: string;
  /** Place in the race; 0 is the present run. */
  readonly contestant: number;
  readonly step: number;
}

const keyAt = ({ history }: Contestant, contestant: number, step: number): HeldEvaluation => {
  const evaluation = history.evaluations.find((candidate) => candidate.step === step);
  return { key: spectraKey(contestant, step, evaluation?.batchNorm), contestant, step };
};

/** Held evaluations of one contestant, in order. */
export const heldEvaluations = (state: AppState, contestant: number): readonly HeldEvaluation[] => {
  const of = contestantsOf(state)[contestant];
  return of ? of.pastEvaluations.map(({ step }) => keyAt(of, contestant, step)) : [];
};

/** The evaluation of a contestant that the page shows; the last one if no past one is chosen, even if it is not held. */
export const shownEvaluation = (state: AppState, contestant: number): HeldEvaluation | undefined => {
  const of = contestantsOf(state)[contestant];
  if (!of) return undefined;
  const pastStep = pastStepOf(state);
  const step =
    of.pastEvaluations.find((evaluation) => evaluation.step === pastStep)?.step ??
    of.history.evaluations.at(-1)?.step;
  return step === undefined ? undefined : keyAt(of, contestant, step);
};

/** The spectra of a contestant's shown evaluation; undefined until they are known. */
export const shownSpectra = (state: AppState, contestant: number): TestSpectra | undefined => {
  const shown = shownEvaluation(state, contestant);
  return shown && state.spectra.known[shown.key];
};

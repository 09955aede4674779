/** The facts about the shown state, for the lecture. */
import type { AppState } from '#store/app-state.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { lossLabels } from '../shared/labels.ts';

/** Epoch of the shown reconstruction; undefined without one. */
export const shownEpoch = (state: AppState): number | undefined => {
  const past = pastStepOf(state);
  const evaluations = state.run.pastEvaluations;
  return (evaluations.find(({ step }) => step === past) ?? evaluations.at(-1))?.epoch;
};

/** Path of the chosen image; undefined without one. */
export const shownPath = ({ view, dataset }: AppState): string | undefined =>
  view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected]?.path;

/** `WFDL, epoch 12, test/good/000.png`: without the parts that do not exist. */
export const shownFacts = (state: AppState): string => {
  const { configured } = state.run;
  const epoch = shownEpoch(state);
  return [
    configured && epoch !== undefined ? lossLabels[configured.loss] : undefined,
    epoch === undefined ? undefined : `epoch ${epoch}`,
    shownPath(state),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
};

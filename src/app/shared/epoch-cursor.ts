/** The epoch that pictures and charts show, and the choice of another one by a click in a chart. */
import { useCallback } from 'react';
import type { AppState } from '#store/app-state.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { useActions, useApp, useAppStore } from './store-context.ts';

const selectShownEpoch = (state: AppState): number | undefined => {
  const { pastEvaluations, history } = state.run;
  const step = pastStepOf(state);
  const past = pastEvaluations.find((evaluation) => evaluation.step === step);
  return (past ?? history.evaluations.at(-1))?.epoch;
};

/** The epoch of the shown evaluation, past or latest; undefined before the first. */
export const useShownEpoch = (): number | undefined => useApp(selectShownEpoch);

/** The epoch of the shown past evaluation; undefined while the latest is shown. */
export const usePastEpochNumber = (): number | undefined =>
  useApp((state) => (pastStepOf(state) === undefined ? undefined : selectShownEpoch(state)));

/** Shows the held evaluation that is nearest to an epoch, everywhere on the page. */
export const useChooseEpoch = (): ((epoch: number) => void) => {
  const store = useAppStore();
  const { view } = useActions();
  return useCallback(
    (epoch) => {
      const held = store.getState().run.pastEvaluations;
      const [first, ...others] = held;
      if (!first) return;
      const distance = (candidate: { readonly epoch: number }): number => Math.abs(candidate.epoch - epoch);
      const nearest = others.reduce((best, one) => (distance(one) < distance(best) ? one : best), first);
      void view.scrub(nearest.step);
    },
    [store, view],
  );
};

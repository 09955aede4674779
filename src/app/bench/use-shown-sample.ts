/** The image and the epoch that the panels show. */

import { useMemo } from 'react';
import type { SampleView } from '#core/history.ts';
import { createShownSample } from '#store/baselines/shown-sample.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { useApp } from '../shared/store-context.ts';

/** The shown image, with the model's reconstruction or the mean good image. */
export const useShownSample = (): SampleView | undefined => useApp(useMemo(() => createShownSample(), []));

/** `epoch 12 of 40`; undefined if the latest is shown. */
export const usePastEpoch = (): string | undefined =>
  useApp((state) => {
    const step = pastStepOf(state);
    if (step === undefined) return undefined;
    const evaluations = state.run.pastEvaluations;
    const epoch = evaluations.find((evaluation) => evaluation.step === step)?.epoch;
    return epoch === undefined ? undefined : `epoch ${epoch} of ${evaluations.at(-1)?.epoch}`;
  });

/** Image AUROC of the past evaluation being shown, with three decimals; undefined while the latest is shown. */
export const usePastAuroc = (): string | undefined =>
  useApp((state) => {
    const step = pastStepOf(state);
    if (step === undefined) return undefined;
    const evaluation = state.run.history.evaluations.find((candidate) => candidate.step === step);
    return evaluation?.imageAuroc.defined ? evaluation.imageAuroc.value.toFixed(3) : undefined;
  });

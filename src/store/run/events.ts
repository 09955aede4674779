/** Writes the events of the training worker into the run and view slices. */
import type { Evaluation } from '#core/history.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { contestantFailed } from '../race/state.ts';
import type { TakeFailure } from '../recovery/recovery-parts.ts';
import { nearestPast, pastStepOf } from '../view/past-step.ts';
import { withSpectra } from './loss-spectra.ts';

/** Adds an evaluation. A second evaluation of the same step was made with other settings, and replaces the first. */
export const withEvaluation = (past: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] =>
  past.at(-1)?.step === evaluation.step ? [...past.slice(0, -1), evaluation] : [...past, evaluation];

/**
 * Listens to all events of the worker; returns a function that stops listening.
 * @param takeFailure takes over the failures that a run survives
 */
export const listenToTraining = (
  api: StateApi,
  training: TrainingClient,
  scrub: (step: number | undefined) => Promise<void>,
  takeFailure: TakeFailure,
): (() => void) => {
  const run = () => api.getState().run;
  const ends = [
    training.on('status', (status) => patch(api, 'run', { status })),
    training.on('steps', (records) => {
      const { history } = run();
      patch(api, 'run', { history: { ...history, steps: history.steps.append(records) } });
    }),
    training.on('evaluation', (evaluation) => {
      const { history } = run();
      patch(api, 'run', {
        history: { ...history, evaluations: withEvaluation(history.evaluations, evaluation) },
      });
    }),
    training.on('spectrum', (record) => {
      const { history, configured, config, spectraByLoss } = run();
      const spectra = [...history.spectra, record];
      const trainedOn = api.getState().dataset.loaded?.category.name;
      patch(api, 'run', {
        history: { ...history, spectra },
        spectraByLoss: withSpectra(spectraByLoss, configured ?? config, trainedOn, spectra),
      });
    }),
    training.on('view', (sample) => {
      const state = api.getState();
      const pastStep = pastStepOf(state);
      const asChosen = pastStep === undefined || sample.output?.step === pastStep;
      if (state.view.selected === sample.index && asChosen)
        patch(api, 'view', { sample, earlierRun: undefined });
    }),
    training.on('kept', (pastEvaluations) => {
      patch(api, 'run', { pastEvaluations });
      const { pastStep } = api.getState().view;
      if (pastStep === undefined || pastEvaluations.some(({ step }) => step === pastStep)) return;
      const nearest = nearestPast(pastEvaluations, pastStep);
      if (nearest) void scrub(nearest.step);
      else patch(api, 'view', { pastStep: undefined });
    }),
    training.on('failure', (failure) => {
      if (takeFailure(failure)) return;
      const { status } = run();
      const { race } = api.getState();
      const isAlone = race.rivals.every(({ status: { phase } }) => phase !== 'running' && phase !== 'paused');
      const error = isAlone ? failure : contestantFailed(0, failure);
      patch(api, 'run', {
        error,
        failure,
        status: { ...status, phase: 'failed', activity: undefined },
      });
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
};

/** Writes the events about rivals into the race slice. */
import type { RivalEvent } from '#core/training-events.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { TakeFailure } from '../recovery/recovery-parts.ts';
import { withEvaluation } from '../run/events.ts';
import { withSpectra } from '../run/loss-spectra.ts';
import { type Contestant, contestantFailed, withRival } from './state.ts';

/** A rival after an event; undefined if the event changes nothing on the page. */
const afterEvent = (
  rival: Contestant,
  { name, payload }: RivalEvent,
  { view }: AppState,
): Contestant | undefined => {
  const { history } = rival;
  switch (name) {
    case 'status':
      return { ...rival, status: payload };
    case 'steps':
      return { ...rival, history: { ...history, steps: history.steps.append(payload) } };
    case 'evaluation':
      return {
        ...rival,
        history: { ...history, evaluations: withEvaluation(history.evaluations, payload) },
      };
    case 'spectrum':
      return { ...rival, history: { ...history, spectra: [...history.spectra, payload] } };
    case 'kept':
      return { ...rival, pastEvaluations: payload };
    case 'view':
      return view.selected === payload.index ? { ...rival, sample: payload } : undefined;
    case 'changed':
      return { ...rival, config: payload.config, history: { ...history, changes: payload.changes } };
    case 'failure':
      return {
        ...rival,
        status: { ...rival.status, phase: 'failed', activity: undefined },
        failure: payload,
      };
  }
};

/**
 * Listens to the events about rivals; returns a function that stops listening.
 * @param takeFailure takes over the failures that a run survives
 */
export const listenToRivals = (
  api: StateApi,
  training: TrainingClient,
  takeFailure: TakeFailure,
): (() => void) =>
  training.on('rival', (event) => {
    if (event.name === 'failure' && takeFailure(event.payload)) return;
    const state = api.getState();
    const { race, run, dataset } = state;
    const rival = race.rivals[event.place - 1];
    const next = rival && afterEvent(rival, event, state);
    if (!next) return;
    patch(api, 'race', { rivals: withRival(race.rivals, event.place, next) });
    if (event.name === 'failure') patch(api, 'run', { error: contestantFailed(event.place, event.payload) });
    // A rival with the loss of the present run must not replace that run's spectra.
    if (event.name !== 'spectrum' || next.config.loss === run.configured?.loss) return;
    const trainedOn = dataset.loaded?.category.name;
    const spectraByLoss = withSpectra(run.spectraByLoss, next.config, trainedOn, next.history.spectra);
    patch(api, 'run', { spectraByLoss });
  });

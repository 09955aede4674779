/** Replaces the present run by the run, or the race, of the checkpoints that the worker has opened. */
import { variantOf } from '#core/race.ts';
import { StepHistory } from '#core/step-history.ts';
import type { ResumedRun } from '#worker/protocol.ts';
import type { RequestCall } from '#worker/rpc.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { ImagesToTake } from '../dataset/actions.ts';
import { type Contestant, withoutRivals, withRival } from '../race/state.ts';
import { withSpectra } from '../run/loss-spectra.ts';

const columnsOf = ({ history }: ResumedRun): Contestant['history'] => ({
  ...history,
  steps: StepHistory.of(history.steps),
});

/** A finished rival is paused here: its own status follows, so it is retained with the resumed race. */
const rivalOf = (resumed: ResumedRun): Contestant => ({
  config: resumed.config,
  summary: resumed.summary,
  status: { ...resumed.status, phase: 'paused' },
  history: columnsOf(resumed),
  pastEvaluations: resumed.kept,
  sample: undefined,
  failure: undefined,
});

const isExact = ({ sameDevice, reproduced = true }: ResumedRun): boolean => sameDevice && reproduced;

/** The state with resumed runs, the present one first. */
const withResumed = (
  state: AppState,
  [first, ...rivals]: readonly [ResumedRun, ...ResumedRun[]],
  raceId: string,
): AppState => {
  const { config, summary, status, history, kept, categoryName } = first;
  return {
    ...state,
    view: { ...state.view, sample: undefined, earlierRun: undefined, pastStep: undefined },
    run: {
      ...state.run,
      config,
      configured: config,
      history: columnsOf(first),
      summary,
      status,
      pastEvaluations: kept,
      spectraByLoss: withSpectra(state.run.spectraByLoss, config, categoryName, history.spectra),
      importedFrom: undefined,
      resumed: { step: status.step, exact: [first, ...rivals].every(isExact) },
      failure: undefined,
      savedStep: 0,
    },
    race: {
      ...state.race,
      planned: rivals.map((rival) => variantOf(config, rival.config)),
      ...(rivals.length === 0 ? withoutRivals : { rivals: rivals.map(rivalOf), id: raceId }),
    },
  };
};

/**
 * Replaces the present run, paused where the checkpoints were made.
 * @param images those of the run
 * @param call how the resume is followed and canceled, and the bound of the micro-batches if there is one
 * @param raceId id of the race in retained runs
 * @param whenResumed called once the worker has replaced the run, right before the state changes
 * @throws ResiduaError (as rejection) `other-images`, `cancelled`; then the present run stays
 */
export const adoptOpened = async (
  api: StateApi,
  training: Pick<TrainingClient, 'request'>,
  images: ImagesToTake,
  call: RequestCall & { readonly mostAtOnce?: number },
  raceId: string,
  whenResumed: () => void = () => {},
): Promise<void> => {
  const { mostAtOnce, ...followed } = call;
  const wanted = { images: images.images, ...(mostAtOnce !== undefined && { mostAtOnce }) };
  const [first, ...rivals] = await training.request('resumeRun', wanted, followed);
  if (!first) return;
  images.taken();
  whenResumed();
  api.setState((state) => withResumed(images.shownIn(state), [first, ...rivals], raceId));
  for (const [index, { status }] of rivals.entries()) {
    const { rivals: present } = api.getState().race;
    const rival = present[index];
    if (rival) patch(api, 'race', { rivals: withRival(present, index + 1, { ...rival, status }) });
  }
};

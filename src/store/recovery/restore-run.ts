/** Restores the present run, or race, in a worker that has the device and the images. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { changedValues } from '#core/run-change.ts';
import { emptyHistory } from '#core/step-history.ts';
import type { FreshWorker } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { adoptOpened } from '../checkpoints/adopt-opened.ts';
import { newId } from '../new-id.ts';
import { raceAtStart, withoutRivals } from '../race/state.ts';
import { overallPhase, withoutRun } from '../run/state.ts';
import type { RecentCheckpoint } from '../storage/storage-parts.ts';
import type { RecoveryParts } from './recovery-parts.ts';
import type { RecoveredRun } from './recovery-words.ts';

/** The loaded images stay as they are on the page. */
const sameImages = { images: undefined, taken: () => {}, shownIn: (state: AppState) => state };

/** The largest micro-batch of the present run and its rivals; undefined without a run. */
export const mostImages = ({ run, race }: AppState): number | undefined =>
  run.summary &&
  Math.max(...[run.summary, ...race.rivals.map(({ summary }) => summary)].map((of) => of.microBatch));

/** Takes over what has changed since the checkpoint: settings of the run, and how it is evaluated. */
const takeChanges = async (api: StateApi, before: RunConfig, fresh: FreshWorker): Promise<void> => {
  const { configured } = api.getState().run;
  if (!configured) return;
  const values = changedValues(before, configured);
  if (Object.keys(values).length > 0) {
    const changes = await fresh.request('changeRun', values);
    const { history } = api.getState().run;
    patch(api, 'run', { configured: { ...configured, ...values }, history: { ...history, changes } });
  }
  if (evaluationSettingNames.every((name) => before[name] === configured[name])) return;
  const settings = evaluationSettingsOf(before);
  await fresh.request('reevaluate', settings);
  patch(api, 'run', { configured: { ...configured, ...values, ...settings } });
};

/** Continues from a checkpoint. The settings on the page stay as the user left them. */
const fromCheckpoint = async (
  { api, present, storage }: RecoveryParts,
  before: AppState,
  { checkpoint, files }: RecentCheckpoint,
  mostAtOnce: number | undefined,
  fresh: FreshWorker,
): Promise<void> => {
  const { expectSame } = await storage();
  const { id } = present.present();
  // The worker takes the buffers that it opens, and the next loss needs them again.
  await fresh.request(
    'openCheckpoint',
    files.map((file) => file.slice(0)),
  );
  const bound = mostAtOnce === undefined ? {} : { mostAtOnce };
  await adoptOpened(api, fresh, sameImages, bound, checkpoint.raceId ?? newId(), expectSame);
  present.present().trainMs = checkpoint.trainMs;
  if (id !== undefined) present.nameAs(present.present(), id);
  const { run } = api.getState();
  const { microBatch } = run.config;
  patch(api, 'run', {
    config: { ...before.run.config, ...(microBatch !== before.run.configured?.microBatch && { microBatch }) },
    savedStep: run.status.step === before.run.status.step ? before.run.savedStep : 0,
  });
  patch(api, 'race', { planned: before.race.planned });
  if (before.run.configured) await takeChanges(api, before.run.configured, fresh);
};

/** Builds the run again: it had no checkpoint yet. */
const fromStart = async (
  { api, storage }: RecoveryParts,
  { run, race }: AppState,
  mostAtOnce: number | undefined,
  fresh: FreshWorker,
): Promise<void> => {
  const { expectSame } = await storage();
  const contestants = [{ config: run.configured ?? run.config, summary: run.summary }, ...race.rivals];
  const configs = contestants.map(({ config, summary }) =>
    mostAtOnce !== undefined && summary && summary.microBatch > mostAtOnce
      ? { ...config, microBatch: mostAtOnce }
      : config,
  );
  const [first] = configs as [RunConfig];
  const summaries =
    configs.length > 1
      ? await fresh.request('configureRace', configs)
      : [await fresh.request('configure', first)];
  expectSame();
  const { microBatch } = first;
  const config = { ...run.config, ...(microBatch !== run.configured?.microBatch && { microBatch }) };
  const started = { history: emptyHistory, pastEvaluations: [], resumed: undefined, savedStep: 0 };
  api.setState((state) => ({
    run: { ...state.run, ...started, config, configured: first, summary: summaries[0] },
    race: { ...state.race, ...raceAtStart(configs, summaries), id: race.id },
    view: { ...state.view, pastStep: undefined },
  }));
};

/**
 * Restores the present run at its newest checkpoint, or at its start, without training it.
 * @param before the state at the loss
 * @param mostAtOnce the most images that may pass through the model at once
 * @throws ResiduaError (as rejection) as the worker's requests
 */
export const restoreRun = async (
  parts: RecoveryParts,
  before: AppState,
  mostAtOnce: number | undefined,
  fresh: FreshWorker,
): Promise<RecoveredRun> => {
  const { api } = parts;
  const { run, race } = before;
  if (!run.summary) return { kind: 'none' };
  if (run.importedFrom !== undefined || overallPhase(run, race) === 'failed') {
    patch(api, 'run', withoutRun(run.config.epochs));
    patch(api, 'race', withoutRivals);
    return { kind: 'dropped' };
  }
  const recent = (await parts.storage()).recent();
  if (recent) await fromCheckpoint(parts, before, recent, mostAtOnce, fresh);
  else await fromStart(parts, before, mostAtOnce, fresh);
  const { status, summary } = api.getState().run;
  return { kind: 'restored', step: status.step, trains: false, microBatch: summary?.microBatch };
};

/** Controls the training worker: device, transport, settings and export. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import type { DeviceChoice } from '#core/device.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { isSameFraming } from '#core/fit.ts';
import { type PresetName, withPreset } from '#core/presets.ts';
import { contestantConfigs, variantOf } from '#core/race.ts';
import type { ChangeableValues } from '#core/run-change.ts';
import { settingsFromFragment } from '#core/settings-link.ts';
import { emptyHistory } from '#core/step-history.ts';
import { type TimedPresetName, withTimedSizes } from '#core/timed-presets.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { type DatasetLoader, noImagesLoaded } from '../dataset/actions.ts';
import { isThresholdSettled, presentThresholdRecord } from '../decision/threshold-export.ts';
import { raceAgain, raceAtStart, withoutRivals } from '../race/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { until } from '../until.ts';
import { createReevaluation } from './reevaluation.ts';
import { linkedChanges } from './run-link.ts';
import type { RunTasks } from './run-tasks.ts';
import { continuingValues, idleStatus, overallPhase, requireDevice, withoutRun } from './state.ts';

/** Actions on the run. Unless stated otherwise they never reject: errors go to `run.error`. */
export interface RunActions {
  /** Starts the device that suits the machine. To be called once, first. */
  initialize(): Promise<void>;
  /**
   * Moves training to another device, and drops the present run. If the new device is unavailable, nothing
   * changes.
   */
  chooseDevice(choice: DeviceChoice): Promise<void>;
  /**
   * Changes settings of the next run. A new side or fit decodes the images again: at once if nothing is trained yet, else at the
   * next start. Evaluation settings score the trained model again.
   * @throws ResiduaError `config-invalid` for invalid values, or if the run is running and the setting needs a new run
   */
  setConfig(change: Partial<RunConfig>): void;
  /** Applies all settings of a preset; the loss, the seed and the memory budget stay. */
  applyPreset(name: PresetName): void;
  /**
   * Applies the recommended settings in sizes that this device trains in the preset's time; does nothing while `timedPresets`
   * are unknown.
   */
  applyTimedPreset(name: TimedPresetName): void;
  /** Applies the settings of a link's fragment. If one is invalid, nothing changes. */
  openLink(fragment: string): void;
  /** Restores the settings of the present run, which can then resume. */
  revertSettings(): void;
  /**
   * Resumes the present run if it is not over and can take over the settings, which it notes in its history; otherwise starts
   * a new run.
   */
  start(): Promise<void>;
  /** Starts a new run, even if the present one could resume. */
  startNew(): Promise<void>;
  /** Trains the finished run on, up to this number of epochs, with its weights, optimizer state and batch order. */
  continueTo(epochs: number): Promise<void>;
  pause(): Promise<void>;
  /** Trains one optimizer step. */
  step(): Promise<void>;
  /** Ends the run at its present step, with an evaluation. */
  stop(): Promise<void>;
  /** Returns to the initial weights of the same settings and seed. */
  reset(): Promise<void>;
  /** Exports the trained model as files, with past epochs if retained runs keep them. Resolves to undefined if it fails or is canceled. */
  exportRun(): Promise<ExportedRun | undefined>;
  /** Cancels the work that `cancellableWork` names, and restores the earlier state, including evaluation settings. */
  cancel(): void;
  dismissError(): void;
}

const refused = { refuse: 'training', report: 'run' } as const;
const refusedSettings = { refuse: 'settings', report: 'throw' } as const;

export const runPolicy: QueuePolicy<RunActions> = {
  initialize: 'allow',
  chooseDevice: refused,
  setConfig: refusedSettings,
  applyPreset: refusedSettings,
  applyTimedPreset: refusedSettings,
  openLink: { refuse: 'settings', report: 'run' },
  revertSettings: refusedSettings,
  start: refused,
  startNew: refused,
  continueTo: refused,
  pause: 'allow',
  step: refused,
  stop: 'allow',
  reset: refused,
  exportRun: 'allow',
  cancel: 'allow',
  dismissError: 'allow',
};

const locked = (setting: string): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The setting ${setting} cannot change while the run is running.`,
    'Pause the run first.',
  );

const notContinuable = (): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    'The run cannot train on with these settings.',
    'Revert the settings that need a new run, or start a new run.',
  );

/** Creates the actions of the run slice. */
export const createRunActions = (
  api: StateApi,
  training: TrainingClient,
  datasetActions: Pick<DatasetLoader, 'matchFraming'>,
  { perform, performLong, ...tasks }: RunTasks,
  showAgain: () => Promise<void>,
): RunActions => {
  const run = () => api.getState().run;
  const race = () => api.getState().race;

  /** Loads images with the framing of the settings. Returns false, and sets `dataset.error`, if that fails. */
  const prepareImages = async (): Promise<boolean> => {
    await datasetActions.matchFraming();
    const { dataset, run } = api.getState();
    if (dataset.loaded && isSameFraming(dataset.loaded, run.config)) return true;
    if (dataset.error) return false;
    throw noImagesLoaded();
  };

  /** Gives the present run new values before its next step. */
  const changeRun = async (values: ChangeableValues): Promise<void> => {
    if (Object.keys(values).length === 0) return;
    const changes = await training.request('changeRun', values);
    const { configured, history } = run();
    if (!configured) return;
    patch(api, 'run', { configured: { ...configured, ...values }, history: { ...history, changes } });
  };

  /** Makes the worker hold the present run with the settings of the page. Returns false if only a new run can have them. */
  const takeOver = async (): Promise<boolean> => {
    const isOver = overallPhase(run(), race()) === 'finished';
    const values = isOver ? undefined : continuingValues(run(), race());
    if (!values) return false;
    await changeRun(values);
    return true;
  };

  /** Marks the pictures as those of an earlier run while a new run is built, and from then on until it has its own. */
  const replacing = async <T>(build: () => Promise<T>): Promise<T> => {
    const { run: before, view } = api.getState();
    if (view.sample?.output) patch(api, 'view', { earlierRun: view.earlierRun ?? before.configured });
    try {
      return await build();
    } catch (thrown) {
      patch(api, 'view', { earlierRun: view.earlierRun });
      throw thrown;
    }
  };

  /** Makes the worker hold a new run with the settings of the page. Returns false if the images are missing. */
  const prepareNew = async (): Promise<boolean> => {
    if (!(await prepareImages())) return false;
    const { config } = run();
    const configs = contestantConfigs(config, race().planned);
    const summaries = await replacing(async () =>
      configs.length > 1
        ? training.request('configureRace', configs)
        : [await training.request('configure', config)],
    );
    const started = {
      savedStep: 0,
      importedFrom: undefined,
      resumed: undefined,
      failure: undefined,
      history: emptyHistory,
    };
    api.setState((state) => ({
      run: { ...state.run, configured: config, summary: summaries[0], ...started },
      race: { ...state.race, ...raceAtStart(configs, summaries) },
    }));
    return true;
  };

  const prepareRun = async (): Promise<boolean> => {
    requireDevice(run());
    return (await takeOver()) || (await prepareNew());
  };

  const reevaluation = createReevaluation(api, training);

  const applyConfig = (config: RunConfig): void => {
    const { config: before, configured, status } = run();
    patch(api, 'run', { config });
    void reevaluation.keepUp();
    if (!isSameFraming(config, before) && status.step === 0) void datasetActions.matchFraming();
    if (!configured) patch(api, 'run', { status: idleStatus(config.epochs) });
  };

  const setConfig = (change: Partial<RunConfig>): void => {
    const { config: before } = run();
    const config = parseRunConfig({ ...before, ...change });
    const keys = (Object.keys(change) as (keyof RunConfig)[]).filter((key) => config[key] !== before[key]);
    const needsNewRun = keys.find((key) => !evaluationSettingNames.some((setting) => setting === key));
    if (needsNewRun && overallPhase(run(), race()) === 'running') throw locked(needsNewRun);
    if (keys.length > 0) applyConfig(config);
  };

  return {
    initialize: async () => {
      try {
        const report = await training.request('openDevice', { choice: run().deviceChoice });
        patch(api, 'run', { device: { phase: 'ready', report } });
      } catch (thrown) {
        patch(api, 'run', { device: { phase: 'failed', error: asResiduaError(thrown).toPlain() } });
      }
    },
    chooseDevice: async (choice) => {
      await perform('changing-device', async () => {
        const report = await training.request('openDevice', { choice });
        patch(api, 'run', {
          device: { phase: 'ready', report },
          deviceChoice: choice,
          ...withoutRun(run().config.epochs),
        });
        patch(api, 'race', withoutRivals);
      });
      await showAgain();
    },
    setConfig,
    applyPreset: (name) => setConfig(withPreset(run().config, name)),
    applyTimedPreset: (name) => {
      const sizes = run().timedPresets?.sizes[name];
      if (!sizes) return;
      setConfig(withTimedSizes(run().config, sizes));
      patch(api, 'run', { timedChoice: { name, sizes } });
    },
    openLink: (fragment) => {
      try {
        const link = settingsFromFragment(fragment, run().config);
        if (link) setConfig(link.config);
        if (link) patch(api, 'race', { planned: link.rivals });
        patch(api, 'run', { linkedChanges: link ? linkedChanges(fragment) : [] });
      } catch (thrown) {
        patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      }
    },
    revertSettings: () => {
      const { configured } = run();
      if (!configured) return;
      setConfig(configured);
      const rivals = run().importedFrom === undefined ? race().rivals : [];
      patch(api, 'race', { planned: rivals.map(({ config }) => variantOf(configured, config)) });
    },
    start: () =>
      perform('starting', async () => {
        if (await prepareRun()) await training.request('start');
      }),
    startNew: () =>
      perform('starting', async () => {
        requireDevice(run());
        if (await prepareNew()) await training.request('start');
      }),
    continueTo: (epochs) =>
      perform('starting', async () => {
        setConfig({ epochs });
        const values = continuingValues(run(), race());
        if (run().status.phase !== 'finished' || !values) throw notContinuable();
        await changeRun(values);
        await training.request('trainOn');
      }),
    pause: () => perform('pausing', () => training.request('pause')),
    step: () =>
      perform('stepping', async () => {
        if (await prepareRun()) await training.request('step');
      }),
    stop: () => perform('stopping', () => training.request('stop')),
    reset: () =>
      perform('resetting', async () => {
        await training.request('reset');
        const { configured } = run();
        patch(api, 'run', {
          ...(configured ? { config: configured } : {}),
          history: emptyHistory,
          savedStep: 0,
          importedFrom: undefined,
          resumed: undefined,
          failure: undefined,
        });
        const planned = configured && race().rivals.map(({ config }) => variantOf(configured, config));
        patch(api, 'race', { ...raceAgain(race()), ...(planned ? { planned } : {}) });
        await showAgain();
      }),
    exportRun: () =>
      performLong('exporting', async (call) => {
        if (!isThresholdSettled(api.getState()))
          await until(api, (state) => isThresholdSettled(state) || undefined, call.signal);
        const threshold = presentThresholdRecord(api.getState());
        const past = api.getState().runs.keepsPast;
        const exported = await training.request('exportRun', { threshold, past }, call);
        patch(api, 'run', { savedStep: run().status.step });
        return exported;
      }),
    cancel: () => {
      if (!tasks.cancel()) reevaluation.cancel();
    },
    dismissError: () => patch(api, 'run', { error: undefined }),
  };
};

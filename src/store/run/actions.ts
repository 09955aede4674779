/** Controls the training worker: device, transport, settings and export. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import type { DeviceChoice } from '#core/device.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { type PresetName, withPreset } from '#core/presets.ts';
import { settingsFromFragment } from '#core/settings-link.ts';
import { emptyHistory } from '#core/step-history.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { type DatasetLoader, noImagesLoaded } from '../dataset/actions.ts';
import { isThresholdSettled, presentThresholdRecord } from '../decision/threshold-export.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { until } from '../until.ts';
import { createReevaluation } from './reevaluation.ts';
import type { RunTasks } from './run-tasks.ts';
import { changedSettings, idleStatus, requireDevice, withoutRun } from './state.ts';

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
   * Changes settings of the next run. A new side decodes the images again: at once if nothing is trained yet, else at the
   * next start. Evaluation settings score the trained model again.
   * @throws ResiduaError `config-invalid` for invalid values, or if the run is running and the setting needs a new run
   */
  setConfig(change: Partial<RunConfig>): void;
  /** Applies all settings of a preset; the seed and the memory budget stay. */
  applyPreset(name: PresetName): void;
  /** Applies the settings of a link's fragment. If one is invalid, nothing changes. */
  openLink(fragment: string): void;
  /** Restores the settings of the present run, which can then resume. */
  revertSettings(): void;
  /** Resumes the present run if it is not over and its settings are unchanged; otherwise starts a new run. */
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Trains one optimizer step. */
  step(): Promise<void>;
  /** Ends the run at its present step, with an evaluation. */
  stop(): Promise<void>;
  /** Returns to the initial weights of the same settings and seed. */
  reset(): Promise<void>;
  /** Exports the trained model as files. Resolves to undefined if it fails or is canceled. */
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
  openLink: { refuse: 'settings', report: 'run' },
  revertSettings: refusedSettings,
  start: refused,
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

/** Creates the actions of the run slice. */
export const createRunActions = (
  api: StateApi,
  training: TrainingClient,
  datasetActions: Pick<DatasetLoader, 'matchSide'>,
  { perform, performLong, ...tasks }: RunTasks,
  showAgain: () => Promise<void>,
): RunActions => {
  const run = () => api.getState().run;

  /** Loads images at the side of the settings. Returns false, and sets `dataset.error`, if that fails. */
  const prepareImages = async (): Promise<boolean> => {
    await datasetActions.matchSide();
    const { dataset, run } = api.getState();
    if (dataset.loaded?.side === run.config.side) return true;
    if (dataset.error) return false;
    throw noImagesLoaded();
  };

  /** Makes the worker hold a run with the settings of the page. Returns false if the images are missing. */
  const prepareRun = async (): Promise<boolean> => {
    requireDevice(run());
    const { status } = run();
    const over = status.phase === 'finished' || status.phase === 'failed';
    if (run().configured && changedSettings(run()).length === 0 && !over) return true;
    if (!(await prepareImages())) return false;
    const { config } = run();
    const summary = await training.request('configure', config);
    patch(api, 'run', {
      configured: config,
      summary,
      history: emptyHistory,
      savedStep: 0,
      importedFrom: undefined,
    });
    return true;
  };

  const reevaluation = createReevaluation(api, training);

  const applyConfig = (config: RunConfig): void => {
    const { config: before, configured, status } = run();
    patch(api, 'run', { config });
    void reevaluation.keepUp();
    if (config.side !== before.side && status.step === 0) void datasetActions.matchSide();
    if (!configured) patch(api, 'run', { status: idleStatus(config.epochs) });
  };

  const setConfig = (change: Partial<RunConfig>): void => {
    const { config: before, status } = run();
    const config = parseRunConfig({ ...before, ...change });
    const keys = (Object.keys(change) as (keyof RunConfig)[]).filter((key) => config[key] !== before[key]);
    const needsNewRun = keys.find((key) => !evaluationSettingNames.some((setting) => setting === key));
    if (needsNewRun && status.phase === 'running') throw locked(needsNewRun);
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
      });
      await showAgain();
    },
    setConfig,
    applyPreset: (name) => setConfig(withPreset(run().config, name)),
    openLink: (fragment) => {
      try {
        const config = settingsFromFragment(fragment, run().config);
        if (config) setConfig(config);
      } catch (thrown) {
        patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      }
    },
    revertSettings: () => {
      const { configured } = run();
      if (configured) setConfig(configured);
    },
    start: () =>
      perform('starting', async () => {
        if (await prepareRun()) await training.request('start');
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
        });
        await showAgain();
      }),
    exportRun: () =>
      performLong('exporting', async (call) => {
        if (!isThresholdSettled(api.getState()))
          await until(api, (state) => isThresholdSettled(state) || undefined, call.signal);
        const threshold = presentThresholdRecord(api.getState());
        const exported = await training.request('exportRun', threshold, call);
        patch(api, 'run', { savedStep: run().status.step });
        return exported;
      }),
    cancel: () => {
      if (!tasks.cancel()) reevaluation.cancel();
    },
    dismissError: () => patch(api, 'run', { error: undefined }),
  };
};

/** Driving the training worker: device, transport, settings, files in and out. */
import { type PresetName, parseRunConfig, type RunConfig, withPreset } from '#core/config.ts';
import type { DeviceChoice } from '#core/device.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { evaluationSettingNames, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { emptyHistory } from '#core/history.ts';
import { settingsFromFragment } from '#core/settings-link.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { idleStatus, patch, type StateApi, withoutRun } from './app-state.ts';
import type { DatasetActions } from './dataset-actions.ts';
import { exportedSide } from './exported-side.ts';
import { withSpectra } from './loss-spectra.ts';
import { readRunFiles } from './read-run-files.ts';
import { changedSettings, type RunTask } from './run-state.ts';

/** What can be done with the run. Unless said otherwise none rejects: what fails is in `run.error`. */
export interface RunActions {
  /** Starts the device that suits the machine. Once, first. */
  initialise(): Promise<void>;
  /**
   * Trains on another device from now on; the run that exists is dropped with the old one. Where the device is not to be
   * had, everything stays as it is.
   */
  chooseDevice(choice: DeviceChoice): Promise<void>;
  /**
   * Changes settings of the next run. Side changes decode the images again at once where nothing is trained yet,
   * else with the next start; evaluation settings score the trained model again.
   * @throws ResiduaError `config-invalid`, or where the run is running and the setting needs a new one
   */
  setConfig(change: Partial<RunConfig>): void;
  /** All settings of a preset; the seed and the memory budget stay. */
  applyPreset(name: PresetName): void;
  /** Takes the settings of a link's fragment; what is wrong with one is in `run.error`, and nothing changes. */
  openLink(fragment: string): void;
  /** Takes the settings of the run that exists, so that it can go on. */
  revertSettings(): void;
  /** Goes on with the run that exists where its settings still hold and it is not over; else starts a new one. */
  start(): Promise<void>;
  pause(): Promise<void>;
  /** One optimiser step. */
  step(): Promise<void>;
  /** Ends the run where it is, with an evaluation. */
  stop(): Promise<void>;
  /** Back to the initial weights of the same settings and seed. */
  reset(): Promise<void>;
  /** The trained model as files; undefined where it failed. */
  exportRun(): Promise<ExportedRun | undefined>;
  /** Takes a trained model from files, with its settings, and evaluates it on the loaded images. */
  importRun(run: ExportedRun): Promise<void>;
  /** The same from the two files that the user chose. */
  importFiles(files: readonly File[]): Promise<void>;
  dismissError(): void;
}

const locked = (setting: string): ResiduaError =>
  new ResiduaError(
    'config-invalid',
    `The setting ${setting} cannot change while the run is running.`,
    'Pause the run first.',
  );

/** Makes the actions of the run slice. */
export const createRunActions = (
  api: StateApi,
  training: TrainingClient,
  datasetActions: Pick<DatasetActions, 'matchSide'>,
  showAgain: () => Promise<void>,
): RunActions => {
  const run = () => api.getState().run;

  const perform = async <T>(task: RunTask, work: () => Promise<T>): Promise<T | undefined> => {
    if (run().task !== undefined) return undefined;
    patch(api, 'run', { task, error: undefined });
    try {
      return await work();
    } catch (thrown) {
      patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
      return undefined;
    } finally {
      patch(api, 'run', { task: undefined });
    }
  };

  /** Loads images at the side that the settings ask for; false where that failed, which the dataset slice tells. */
  const prepareImages = async (): Promise<boolean> => {
    await datasetActions.matchSide();
    const { dataset, run } = api.getState();
    if (dataset.loaded?.side === run.config.side) return true;
    if (dataset.error) return false;
    throw new ResiduaError('no-run', 'No images are loaded.', 'Open a category folder or the sample first.');
  };

  const requireDevice = (): void => {
    const { device } = run();
    if (device.phase === 'failed') throw ResiduaError.fromPlain(device.error);
  };

  /** Makes sure that the worker holds a run with the settings of the page; false where the images are missing. */
  const prepareRun = async (): Promise<boolean> => {
    requireDevice();
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
      keptStep: 0,
      importedFrom: undefined,
    });
    return true;
  };

  let evaluatingAgain = false;
  /** Scores the trained model with the settings of the page, until they have stopped changing. */
  const evaluateAgain = async (): Promise<void> => {
    if (evaluatingAgain) return;
    evaluatingAgain = true;
    try {
      for (;;) {
        const { config, configured } = run();
        if (!configured || evaluationSettingNames.every((key) => config[key] === configured[key])) return;
        const settings = evaluationSettingsOf(config);
        patch(api, 'run', { configured: { ...configured, ...settings } });
        await training.request('reevaluate', settings);
      }
    } catch (thrown) {
      patch(api, 'run', { error: asResiduaError(thrown).toPlain() });
    } finally {
      evaluatingAgain = false;
    }
  };

  const applyConfig = (config: RunConfig): void => {
    const { config: before, configured, status } = run();
    patch(api, 'run', { config });
    void evaluateAgain();
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

  const takeRun = async (files: ExportedRun): Promise<void> => {
    requireDevice();
    const before = run().config;
    try {
      patch(api, 'run', { config: { ...before, side: exportedSide(files.modelJson) } });
      if (!(await prepareImages())) {
        patch(api, 'run', { config: before });
        return;
      }
      const { config, history, summary, categoryName } = await training.request('importRun', files);
      patch(api, 'run', {
        config,
        configured: config,
        history,
        summary,
        spectraByLoss: withSpectra(run().spectraByLoss, config, categoryName, history.spectra),
        importedFrom: categoryName,
        keptStep: history.steps.at(-1)?.step ?? run().status.step,
      });
    } catch (thrown) {
      patch(api, 'run', { config: before });
      throw thrown;
    }
    await showAgain();
  };

  return {
    initialise: async () => {
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
          keptStep: 0,
          importedFrom: undefined,
        });
        await showAgain();
      }),
    exportRun: () =>
      perform('exporting', async () => {
        const exported = await training.request('exportRun');
        patch(api, 'run', { keptStep: run().status.step });
        return exported;
      }),
    importRun: (files) => perform('importing', () => takeRun(files)),
    importFiles: (files) => perform('importing', async () => takeRun(await readRunFiles(files))),
    dismissError: () => patch(api, 'run', { error: undefined }),
  };
};

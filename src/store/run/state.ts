/** What the page knows of training: the device, the settings, the run that exists and its past. */
import type { RunConfig } from '#core/config.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { PlainError } from '#core/errors.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import type { Evaluation, KeptEvaluation } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { type ColumnHistory, emptyHistory } from '#core/step-history.ts';
import type { RunEstimate, RunStatus, RunSummary } from '#worker/protocol.ts';
import type { SpectraByLoss } from './loss-spectra.ts';

export type { RunEstimate } from '#worker/protocol.ts';

export type DeviceState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready'; readonly report: DeviceReport }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** What was asked of the training worker and is not answered yet. */
export type RunTask =
  | 'starting'
  | 'pausing'
  | 'stepping'
  | 'stopping'
  | 'resetting'
  | 'exporting'
  | 'importing'
  | 'changing-device';

/** What the next run will take: asked of the worker whenever settings, images or device have changed. */
export type EstimateState =
  | { readonly phase: 'unknown' }
  /** `current` is false while settings have changed and the answer for them is not there yet. */
  | { readonly phase: 'ready'; readonly estimate: RunEstimate; readonly current: boolean }
  /** The run would not fit. */
  | { readonly phase: 'refused'; readonly error: PlainError };

export interface RunState {
  readonly device: DeviceState;
  /** What the user asked for; `device` says what came of it. */
  readonly deviceChoice: DeviceChoice;
  readonly estimate: EstimateState;
  /** The settings as they stand on the page: those of the next run. */
  readonly config: RunConfig;
  /** The settings of the run that the worker holds; undefined where there is none. */
  readonly configured: RunConfig | undefined;
  readonly status: RunStatus;
  readonly task: RunTask | undefined;
  /** How far the task is; undefined where it does not tell, or is short. */
  readonly taskProgress: ShareDone | undefined;
  /** Whether the test images are evaluated with other settings than before, which `status` tells the progress of. */
  readonly reevaluating: boolean;
  readonly history: ColumnHistory;
  /** Evaluations whose reconstructions can be shown, in order; the last is the latest. */
  readonly pastEvaluations: readonly KeptEvaluation[];
  /** Spectra of the last run of each loss, those of the run that exists included. */
  readonly spectraByLoss: SpectraByLoss;
  readonly summary: RunSummary | undefined;
  /** The step whose weights were last exported or imported: they are safe. 0 before that. */
  readonly savedStep: number;
  /** Category on which an imported run was trained. */
  readonly importedFrom: string | undefined;
  readonly error: PlainError | undefined;
}

/** The status of a run that is not there yet. */
export const idleStatus = (epochs: number): RunState['status'] => ({
  phase: 'idle',
  step: 0,
  stepsPerEpoch: 0,
  epoch: 0,
  epochs,
  imagesPerSecond: undefined,
  remainingMs: undefined,
  activity: undefined,
  progress: undefined,
  deviceBytes: 0,
});

/** The part of the run slice that belongs to a run, as it is where there is none. */
export const withoutRun = (epochs: number) =>
  ({
    configured: undefined,
    status: idleStatus(epochs),
    history: emptyHistory,
    pastEvaluations: [],
    summary: undefined,
    savedStep: 0,
    importedFrom: undefined,
  }) as const satisfies Partial<RunState>;

export const initialRun: RunState = {
  device: { phase: 'starting' },
  deviceChoice: 'auto',
  estimate: { phase: 'unknown' },
  config: presets.quickLook,
  ...withoutRun(presets.quickLook.epochs),
  spectraByLoss: {},
  task: undefined,
  taskProgress: undefined,
  reevaluating: false,
  error: undefined,
};

const trainingSettings = (config: RunConfig): (keyof RunConfig)[] =>
  (Object.keys(config) as (keyof RunConfig)[]).filter(
    (key) => !evaluationSettingNames.some((setting) => setting === key),
  );

/** What `cancel` would call off now; undefined where there is nothing. */
export const cancellableWork = ({
  task,
  reevaluating,
}: RunState): 'import' | 'export' | 'evaluation' | undefined => {
  if (task === 'importing') return 'import';
  if (task === 'exporting') return 'export';
  return reevaluating ? 'evaluation' : undefined;
};

/** Whether the training worker has work before which everything that can wait should. */
export const isBusy = ({ status, task }: RunState): boolean =>
  status.phase === 'running' || status.activity !== undefined || task === 'importing' || task === 'exporting';

/** The settings in which the page differs from the run that exists, so that they need a new run. */
export const changedSettings = ({ config, configured }: RunState): readonly (keyof RunConfig)[] =>
  configured ? trainingSettings(config).filter((key) => config[key] !== configured[key]) : [];

/** The latest evaluation of the run, or undefined before the first. */
export const latestEvaluation = ({ history }: RunState): Evaluation | undefined => history.evaluations.at(-1);

/** Whether there are trained weights that are in no file yet. */
export const hasUnsavedWeights = ({ status, savedStep }: RunState): boolean =>
  status.step > 0 && status.step !== savedStep;

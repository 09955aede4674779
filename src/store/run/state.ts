/** Training: the device, the settings, the present run and its history. */
import type { RunConfig } from '#core/config.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { type PlainError, ResiduaError } from '#core/errors.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import type { Evaluation, PastEvaluation } from '#core/history.ts';
import { type PresetName, presetOf, presets } from '#core/presets.ts';
import type { RaceVariant } from '#core/race.ts';
import {
  type ChangeableValues,
  changedValues,
  epochsReached,
  isChangeable,
  type LinkedChange,
} from '#core/run-change.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { type ColumnHistory, emptyHistory } from '#core/step-history.ts';
import { hasTimedSizes, type TimedPresetName, type TimedSizes } from '#core/timed-presets.ts';
import type { RunEstimate, RunPhase, RunStatus, RunSummary, TimedPresets } from '#worker/protocol.ts';
import type { SpectraByLoss } from './loss-spectra.ts';

export type { RunEstimate } from '#worker/protocol.ts';

export type DeviceState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready'; readonly report: DeviceReport }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** A request to the training worker that has no answer yet. */
export type RunTask =
  | 'starting'
  | 'pausing'
  | 'stepping'
  | 'stopping'
  | 'resetting'
  | 'exporting'
  | 'importing'
  | 'resuming'
  | 'changing-device';

/** A resume from a checkpoint. */
export interface ResumedFrom {
  /** Optimizer steps of the checkpoint. */
  readonly step: number;
  /** Whether the device is of the same kind, and repeated the last evaluation bit for bit. */
  readonly exact: boolean;
}

/** Time and memory of the next run: computed after each change of settings, images or device. */
export type EstimateState =
  | { readonly phase: 'unknown' }
  /** `current` is false while the estimate for changed settings is being computed. */
  | { readonly phase: 'ready'; readonly estimate: RunEstimate; readonly current: boolean }
  /** The run would not fit. */
  | { readonly phase: 'refused'; readonly error: PlainError };

export interface RunState {
  readonly device: DeviceState;
  /** The user's choice of a device; `device` is the device that resulted from it. */
  readonly deviceChoice: DeviceChoice;
  readonly estimate: EstimateState;
  /** The presets by time for the device and the loaded images; undefined while the pace is unknown. */
  readonly timedPresets: TimedPresets | undefined;
  /** The preset by time that was applied last, with its sizes then: a later measurement may choose others. */
  readonly timedChoice: { readonly name: TimedPresetName; readonly sizes: TimedSizes } | undefined;
  /** The settings on the page: those of the next run. */
  readonly config: RunConfig;
  /** The settings of the present run, which the worker holds; undefined without a run. */
  readonly configured: RunConfig | undefined;
  readonly status: RunStatus;
  readonly task: RunTask | undefined;
  /** Progress of the task; undefined if it reports none or is short. */
  readonly taskProgress: ShareDone | undefined;
  /** Whether the test images are evaluated again with other settings; `status` has the progress. */
  readonly reevaluating: boolean;
  readonly history: ColumnHistory;
  /** Evaluations whose reconstructions the worker holds, in order; the last is the latest. */
  readonly pastEvaluations: readonly PastEvaluation[];
  /** Spectra of each loss's last run, including the present run. */
  readonly spectraByLoss: SpectraByLoss;
  readonly summary: RunSummary | undefined;
  /** The step whose weights were last exported, imported or retained; 0 before that. */
  readonly savedStep: number;
  /** The step whose weights are being retained; 0 if none are. A run that replaces this one waits for them. */
  readonly savingStep: number;
  /** The settings that changed during the run of the opened link: its settings are the last ones, and give another run. */
  readonly linkedChanges: readonly LinkedChange[];
  /** Training category of an imported run. */
  readonly importedFrom: string | undefined;
  /** The resume of the present run from a checkpoint; undefined if it trained without. */
  readonly resumed: ResumedFrom | undefined;
  /** Why the present run failed; undefined if it did not. Unlike `error`, it stays after the message is dismissed. */
  readonly failure: PlainError | undefined;
  readonly error: PlainError | undefined;
}

/** The status before a run exists. */
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
  turnMs: undefined,
  deviceBytes: 0,
});

/** The run's part of the slice while no run exists. */
export const withoutRun = (epochs: number) =>
  ({
    configured: undefined,
    status: idleStatus(epochs),
    history: emptyHistory,
    pastEvaluations: [],
    summary: undefined,
    savedStep: 0,
    savingStep: 0,
    importedFrom: undefined,
    resumed: undefined,
    failure: undefined,
  }) as const satisfies Partial<RunState>;

export const initialRun: RunState = {
  device: { phase: 'starting' },
  deviceChoice: 'auto',
  estimate: { phase: 'unknown' },
  timedPresets: undefined,
  timedChoice: undefined,
  config: presets.quickLook,
  ...withoutRun(presets.quickLook.epochs),
  spectraByLoss: {},
  linkedChanges: [],
  task: undefined,
  taskProgress: undefined,
  reevaluating: false,
  error: undefined,
};

const trainingSettings = (config: RunConfig): (keyof RunConfig)[] =>
  (Object.keys(config) as (keyof RunConfig)[]).filter(
    (key) => !evaluationSettingNames.some((setting) => setting === key),
  );

/** The preset that the settings of the page have, by time or by name; undefined if the user changed any value. */
export const chosenPreset = ({
  config,
  timedChoice,
}: Pick<RunState, 'config' | 'timedChoice'>): PresetName | TimedPresetName | undefined =>
  timedChoice && hasTimedSizes(config, timedChoice.sizes) ? timedChoice.name : presetOf(config);

/** The tasks that can be canceled, and the name of their work. */
const longTasks: Partial<Record<RunTask, 'import' | 'resume' | 'export'>> = {
  importing: 'import',
  resuming: 'resume',
  exporting: 'export',
};

/** Returns the kind of work that `cancel` would cancel; undefined if none is under way. */
export const cancellableWork = ({
  task,
  reevaluating,
}: RunState): 'import' | 'resume' | 'export' | 'evaluation' | undefined =>
  (task && longTasks[task]) ?? (reevaluating ? 'evaluation' : undefined);

/** Whether the training worker has urgent work, for which other requests should wait. */
export const isBusy = (run: RunState, race: Pick<Rivals, 'rivals'>): boolean =>
  overallPhase(run, race) === 'running' ||
  [run, ...race.rivals].some(({ status }) => status.activity !== undefined) ||
  (run.task !== undefined && longTasks[run.task] !== undefined);

/** The rivals planned for the next run, and those of the present run: the slice `race`. */
interface Rivals {
  readonly planned: readonly RaceVariant[];
  readonly rivals: readonly { readonly config: RunConfig; readonly status: RunStatus }[];
}

/** The settings in which planned rivals differ from the present ones after these have taken over the page's settings. */
const changedRivals = (
  { config, configured = config, importedFrom }: RunState,
  { planned, rivals: all }: Rivals,
): (keyof RunConfig)[] => {
  // An opened race cannot train on, so its rivals are no plan.
  const rivals = importedFrom === undefined ? all : [];
  return trainingSettings(config).filter(
    (key) =>
      planned.some((variant, place) => {
        const present = rivals[place]?.config ?? configured;
        const takenOver = present[key] === configured[key] ? config[key] : present[key];
        return takenOver !== (variant[key] ?? config[key]);
      }) || rivals.slice(planned.length).some((rival) => rival.config[key] !== configured[key]),
  );
};

/** The settings that differ from those of the present run and its rivals, and need a new run. */
export const changedSettings = (run: RunState, race: Rivals): readonly (keyof RunConfig)[] => {
  const { config, configured } = run;
  if (!configured) return [];
  const ofRivals = changedRivals(run, race);
  return trainingSettings(config).filter((key) => config[key] !== configured[key] || ofRivals.includes(key));
};

/**
 * The status that stands for a race: that of the first contestant that is running, else of the first that is paused. Without
 * either, and without rivals, the status of the present run.
 */
export const leadingStatus = ({ status }: RunState, { rivals }: Pick<Rivals, 'rivals'>): RunStatus => {
  const all = [status, ...rivals.map((rival) => rival.status)];
  const inPhase = (wanted: RunPhase) => all.find(({ phase }) => phase === wanted);
  return inPhase('running') ?? inPhase('paused') ?? status;
};

/** The phase of a race: it is running or paused as long as any contestant is. Without rivals, the phase of the run. */
export const overallPhase = (run: RunState, race: Pick<Rivals, 'rivals'>): RunPhase =>
  leadingStatus(run, race).phase;

/**
 * The values that the present run can take over from the page's settings before its next step: none if nothing differs,
 * undefined if the settings need a new run, or the run cannot train on.
 */
export const continuingValues = (run: RunState, race: Rivals): ChangeableValues | undefined => {
  const { config, configured, status, importedFrom } = run;
  const { step, stepsPerEpoch } = status;
  const phase = overallPhase(run, race);
  if (!configured || phase === 'failed' || importedFrom !== undefined) return undefined;
  const changed = changedSettings(run, race);
  if (
    race.planned.length !== race.rivals.length ||
    changedRivals(run, race).length > 0 ||
    !changed.every(isChangeable) ||
    (phase === 'idle' && changed.length > 0)
  )
    return undefined;
  if (config.epochs < epochsReached(step, stepsPerEpoch)) return undefined;
  return changedValues(config, configured);
};

/** The latest evaluation of the run; undefined before the first. */
export const latestEvaluation = ({ history }: RunState): Evaluation | undefined => history.evaluations.at(-1);

/** Whether the trained weights are on their way to the library: another run waits for them, but a closed page loses them. */
export const isBeingRetained = ({ status, savedStep, savingStep }: RunState): boolean =>
  status.step > 0 && status.step !== savedStep && status.step === savingStep;

/** Whether another run would discard the trained weights: they are neither exported nor retained, nor being retained. */
export const hasUnsavedWeights = ({ status, savedStep, savingStep }: RunState): boolean =>
  status.step > 0 && status.step !== savedStep && status.step !== savingStep;

/** The same for all contestants of a race: a rival is retained as soon as it is over. */
export const losesWeights = ({
  run,
  race: { rivals },
}: {
  readonly run: RunState;
  readonly race: Pick<Rivals, 'rivals'>;
}): boolean =>
  hasUnsavedWeights(run) ||
  rivals.some(({ status: { phase, step } }) => step > 0 && (phase === 'running' || phase === 'paused'));

/** @throws ResiduaError the reason why the device failed to start */
export const requireDevice = ({ device }: RunState): void => {
  if (device.phase === 'failed') throw ResiduaError.fromPlain(device.error);
};

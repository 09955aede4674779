/** Imports trained models: reads their files, decodes the images with their framing, and replaces the present run. */
import { type PlainError, ResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { isRunInOneFile, type RunInOneFile } from '#core/run-in-one-file.ts';
import { type ColumnHistory, StepHistory } from '#core/step-history.ts';
import type { ExportedRun, ImportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import { type Contestant, withoutRivals } from '../race/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { withSpectra } from './loss-spectra.ts';
import type { LongCall, RunTasks } from './run-tasks.ts';
import { requireDevice } from './state.ts';

/** Actions that replace the present run by a trained model. They never reject: errors go to `run.error`. */
export interface ImportActions {
  /**
   * Imports a trained model with its settings, and evaluates it on the loaded images. It replaces the present run only
   * after the evaluation: a failed or canceled import changes nothing.
   */
  run(run: ExportedRun): Promise<void>;
  /**
   * The same for a race: the first run becomes the present one, and the others its rivals. All are evaluated by the settings of
   * the first.
   * @param id of the race
   */
  race(runs: readonly [ExportedRun, ...ExportedRun[]], id: string): Promise<void>;
  /** Imports the files of an export. */
  files(files: readonly File[]): Promise<void>;
}

const refused = { refuse: 'training', report: 'run' } as const;

export const importsPolicy: QueuePolicy<ImportActions> = { run: refused, race: refused, files: refused };

const notARun = (
  files: readonly File[],
  model: File | undefined,
  weights: File | undefined,
): ResiduaError => {
  const names = files.map(({ name }) => name).join(', ') || 'nothing';
  const lone = files.length === 1 ? (model ?? weights) : undefined;
  return new ResiduaError(
    'import-invalid',
    lone
      ? `${model ? 'weights.bin' : 'model.json'} is missing: an exported run is a model.json and a weights.bin, and ${lone.name} came alone.`
      : `An exported run is a bundle (.zip), a .safetensors, an .onnx, or a model.json and a weights.bin with or without a past.bin. The chosen files are: ${names}.`,
    'Choose all files of one export at once.',
  );
};

/** `past.bin`, also with the name of the run before it, and as a browser names a second download: `bottle-past (1).bin`. */
const pastName = /(^|-)past( \(\d+\))?\.bin$/;

/**
 * Reads an exported run.
 * @param files a bundle, a .safetensors or an .onnx; or `…model.json`, `…weights.bin` and perhaps `…past.bin`, in any order. A single
 *   `.bin` file counts as the weights
 * @throws ResiduaError `import-invalid` if model or weights are missing, or any other file is given
 */
const readRunFiles = async (files: readonly File[]): Promise<ExportedRun | RunInOneFile> => {
  const [single] = files;
  if (single && files.length === 1 && isRunInOneFile(single.name))
    return { name: single.name, bytes: await single.arrayBuffer() };
  const model = files.find(({ name }) => name.endsWith('.json'));
  const binaries = files.filter(({ name }) => name.endsWith('.bin'));
  const past = binaries.length > 1 ? binaries.find(({ name }) => pastName.test(name)) : undefined;
  const weights = binaries.find((file) => file !== past);
  if (!model || !weights || files.length !== (past ? 3 : 2)) throw notARun(files, model, weights);
  return {
    modelJson: await model.text(),
    weights: await weights.arrayBuffer(),
    past: await past?.arrayBuffer(),
  };
};

/** @param problem a sentence */
const leftOut = (problem: string): PlainError => ({
  code: 'import-invalid',
  problem,
  remedy: 'The run itself is complete. To play its epochs, load the images that it was evaluated on.',
});

const withColumns = ({
  history,
  ...run
}: ImportedRun): Omit<ImportedRun, 'history'> & {
  readonly history: ColumnHistory;
} => ({ ...run, history: { ...history, steps: StepHistory.of(history.steps) } });

const importedRival = ({ kept, ...run }: ReturnType<typeof withColumns>): Contestant => ({
  config: run.config,
  summary: run.summary,
  status: run.status,
  history: run.history,
  pastEvaluations: kept,
  sample: undefined,
  failure: undefined,
});

/** The chosen image in the imported run, which appears together with its scores; undefined if the worker cannot show it. */
const presentView = async (api: StateApi, training: TrainingClient): Promise<SampleView | undefined> => {
  const { selected } = api.getState().view;
  if (selected === undefined) return undefined;
  return training.request('view', { index: selected }).catch(() => undefined);
};

/** The files of the present run, then of its rivals, if it is a race. */
type OpenedFiles = readonly [ExportedRun | RunInOneFile, ...ExportedRun[]];

/**
 * Imports runs and evaluates them on the loaded images, which are decoded again if their framing differs. The state changes only
 * at the end.
 * @param files of the present run, then of its rivals, if it is a race
 * @param raceId of the race; undefined for a run alone
 * @returns false if the decoding fails or is canceled
 * @throws ResiduaError (as rejection) if the files or the images are invalid; `cancelled`
 */
const importRuns = async (
  api: StateApi,
  training: TrainingClient,
  dataset: Pick<DatasetLoader, 'imagesAt'>,
  [first, ...rivals]: OpenedFiles,
  raceId: string | undefined,
  call: LongCall,
): Promise<boolean> => {
  const framing = await training.request('openRun', first);
  const taken = await dataset.imagesAt(framing, call.signal);
  if (!taken) return false;
  const { images } = taken;
  const all =
    rivals.length > 0
      ? await training.request('importRace', { images, rivals }, call)
      : [await training.request('importRun', { images }, call)];
  const [present, ...others] = all.map(withColumns);
  if (!present) return false;
  taken.taken();
  const sample = await presentView(api, training);
  const pastLeftOut = all.find((run) => run.pastLeftOut !== undefined)?.pastLeftOut;
  api.setState((before) => {
    const state = taken.shownIn(before);
    const isChosen = state.dataset.loaded === before.dataset.loaded && sample?.index === state.view.selected;
    const { config, categoryName, status } = present;
    return {
      ...state,
      view: {
        ...state.view,
        sample: isChosen ? sample : undefined,
        earlierRun: undefined,
        pastStep: undefined,
      },
      run: {
        ...state.run,
        config,
        configured: config,
        history: present.history,
        summary: present.summary,
        status,
        pastEvaluations: present.kept,
        spectraByLoss: all.reduceRight(
          (spectra, one) => withSpectra(spectra, one.config, one.categoryName, one.history.spectra),
          state.run.spectraByLoss,
        ),
        importedFrom: categoryName,
        resumed: undefined,
        failure: undefined,
        savedStep: status.step,
      },
      runs: { ...state.runs, ...(pastLeftOut ? { error: leftOut(pastLeftOut) } : {}) },
      race: {
        planned: [],
        ...(raceId === undefined ? withoutRivals : { id: raceId, rivals: others.map(importedRival) }),
      },
    };
  });
  return true;
};

/**
 * Creates the actions.
 * @param showAgain requests the view of the shown image
 */
export const createImportActions = (
  api: StateApi,
  training: TrainingClient,
  dataset: Pick<DatasetLoader, 'imagesAt'>,
  tasks: RunTasks,
  showAgain: () => Promise<void>,
): ImportActions => {
  const take = async (files: OpenedFiles, call: LongCall, raceId?: string): Promise<void> => {
    requireDevice(api.getState().run);
    if (await importRuns(api, training, dataset, files, raceId, call)) await showAgain();
  };
  return {
    run: (files) => tasks.performLong('importing', (call) => take([files], call)),
    race: (files, id) => tasks.performLong('importing', (call) => take(files, call, id)),
    files: (files) => tasks.performLong('importing', async (call) => take([await readRunFiles(files)], call)),
  };
};

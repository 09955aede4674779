/** Opens files or the sample, by drop or by button. Asks before it ends a run or pauses the queue. */
import { isRunInOneFile } from '#core/run-in-one-file.ts';
import { type DroppedFile, isImagePath } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { DatasetActions } from '../dataset/actions.ts';
import type { NewImagesActions } from '../new-images/actions.ts';
import type { ImportActions } from '../run/imports.ts';
import { latestEvaluation, overallPhase } from '../run/state.ts';
import type { StorageActions } from '../storage/actions.ts';
import { losesProgress } from '../storage/state.ts';
import type { TableActions } from '../table/actions.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import type { ViewState } from '../view/state.ts';
import { holdsRun } from './holds-run.ts';

/** A question to the user before opening. */
export type OpenQuestion =
  /** The queue of Table II is running. */
  | { readonly kind: 'pause-queue' }
  /** The trained weights are neither exported nor retained, nor in a checkpoint. */
  | { readonly kind: 'lose-weights'; readonly opening: 'images' | 'sample' | 'model' };

/** Asks the user; resolves to true if the user agrees. */
export type Ask = (question: OpenQuestion) => Promise<boolean>;

/** Actions that open files. None of them rejects: errors go to `dataset.error` or `run.error`. */
export interface OpenActions {
  /** Opens a drop: an image, a model, a checkpoint, a data set, a category, or new images for a trained run. */
  drop(files: readonly DroppedFile[], ask: Ask): Promise<void>;
  /** Loads the category in these files. */
  images(files: readonly DroppedFile[], ask: Ask): Promise<void>;
  /** Loads the procedural sample category. */
  sample(ask: Ask): Promise<void>;
  /** Asks again which of the loaded images are what. */
  changeRoles(ask: Ask): Promise<void>;
  /** Imports a trained model from its files, or resumes a checkpoint. */
  model(files: readonly File[], ask: Ask): Promise<void>;
}

/** All are allowed, because these actions pause the queue themselves. */
export const openPolicy: QueuePolicy<OpenActions> = {
  drop: 'allow',
  images: 'allow',
  sample: 'allow',
  changeRoles: 'allow',
  model: 'allow',
};

const modelEnds = ['.json', '.bin', '.safetensors', '.onnx'] as const;

/** A run in one file; or model and weights of an exported run, and perhaps its past epochs. */
const isWholeModel = (files: readonly { readonly name: string }[]): boolean => {
  if (files.length === 1 && isRunInOneFile(files[0]?.name ?? '')) return true;
  const count = (end: string): number => files.filter(({ name }) => name.endsWith(end)).length;
  const binaries = count('.bin');
  return count('.json') === 1 && (binaries === 1 || binaries === 2) && files.length === 1 + binaries;
};

const isZip = ({ name }: { readonly name: string }): boolean => name.toLowerCase().endsWith('.zip');

/** The files of an exported run, or one of them by itself; a .zip may also hold images. */
const isModel = (files: readonly DroppedFile[]): boolean =>
  (isWholeModel(files.map(({ file }) => file)) && !files.some(({ file }) => isZip(file))) ||
  (files.length === 1 &&
    files.every(({ path }) => !path.includes('/') && modelEnds.some((end) => path.endsWith(end))));

/** `checkpoint.bin`, `pill-epoch-3.checkpoint-2.bin`; a browser adds ` (1)` to the name of a second download. */
const checkpointName = /checkpoint(-\d)?( \(\d+\))?\.bin$/i;

/** The files of a checkpoint, one per contestant, in their order. */
const isCheckpoint = (files: readonly { readonly name: string }[]): boolean =>
  files.length > 0 && files.every(({ name }) => checkpointName.test(name));

/** Whether a drop is images alone, loose or in one dropped folder: a category has folders in its folder. */
const areImagesAlone = (files: readonly DroppedFile[]): boolean => {
  const folders = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)));
  const [folder = ''] = folders;
  return folders.size === 1 && folder.split('/').length <= 2 && files.every(isImagePath);
};

/**
 * Returns what to open from a drop, by its content and the page being shown.
 * @param isBundle whether it is a .zip with a run
 * @param canScore whether a run that rests is evaluated
 */
export const dropRoute = (
  files: readonly DroppedFile[],
  { page, figure }: Pick<ViewState, 'page' | 'figure'>,
  isBundle = false,
  canScore = false,
): 'image' | 'checkpoint' | 'model' | 'table' | 'new-images' | 'dataset' => {
  const [first] = files;
  const isSingleImage =
    files.length === 1 && first?.file.type.startsWith('image/') && !first.path.includes('/');
  if (isSingleImage && page === 'figures' && figure === 'filter') return 'image';
  if (isCheckpoint(files.map(({ file }) => file))) return 'checkpoint';
  if (isBundle || isModel(files)) return 'model';
  if (page === 'table') return 'table';
  return canScore && page === 'bench' && areImagesAlone(files) ? 'new-images' : 'dataset';
};

/** Creates the actions. They need no guard against the queue, because they ask about it themselves. */
export const createOpenActions = (
  api: StateApi,
  actions: {
    readonly dataset: Pick<DatasetActions, 'loadFiles' | 'loadSample' | 'changeRoles'>;
    readonly imports: Pick<ImportActions, 'files'>;
    readonly storage: Pick<StorageActions, 'openFiles'>;
    readonly table: Pick<TableActions, 'addFiles' | 'pause'>;
    readonly newImages: Pick<NewImagesActions, 'score'>;
  },
): OpenActions => {
  const agreed = async (
    opening: Extract<OpenQuestion, { kind: 'lose-weights' }>['opening'],
    ask: Ask,
  ): Promise<boolean> => {
    const state = api.getState();
    if (state.table.phase === 'idle') return !losesProgress(state) || ask({ kind: 'lose-weights', opening });
    if (!(await ask({ kind: 'pause-queue' }))) return false;
    await actions.table.pause();
    return true;
  };

  /** Opening something else ends what an earlier message about opening spoke of. */
  const dismissErrors = (): void => {
    patch(api, 'dataset', { error: undefined });
    patch(api, 'run', { error: undefined });
  };

  // Files that cannot be opened end no run: they get their message without a question.
  const images: OpenActions['images'] = async (files, ask) => {
    if (files.length > 0 && !(await agreed('images', ask))) return;
    dismissErrors();
    await actions.dataset.loadFiles(files);
  };
  const model: OpenActions['model'] = async (files, ask) => {
    const opensCheckpoint = isCheckpoint(files);
    if ((opensCheckpoint || isWholeModel(files)) && !(await agreed('model', ask))) return;
    dismissErrors();
    if (opensCheckpoint)
      await actions.storage.openFiles(files.toSorted((a, b) => a.name.localeCompare(b.name)));
    else await actions.imports.files(files);
  };

  return {
    images,
    model,
    sample: async (ask) => {
      if (!(await agreed('sample', ask))) return;
      dismissErrors();
      await actions.dataset.loadSample();
    },
    changeRoles: async (ask) => {
      if (await agreed('images', ask)) actions.dataset.changeRoles();
    },
    drop: async (dropped, ask) => {
      const files = dropped.map(({ file }) => file);
      const [single] = files;
      const isBundle =
        files.length === 1 && single !== undefined && isZip(single) && (await holdsRun(single));
      const { view, run, race } = api.getState();
      const canScore = latestEvaluation(run) !== undefined && overallPhase(run, race) !== 'running';
      const route = dropRoute(dropped, view, isBundle, canScore);
      if (route === 'image') patch(api, 'view', { droppedImage: files[0] });
      else if (route === 'checkpoint' || route === 'model') await model(files, ask);
      else if (route === 'new-images') await actions.newImages.score(dropped);
      else if (route === 'table' && files.length > 0) await actions.table.addFiles(dropped);
      else await images(dropped, ask);
    },
  };
};

/** Loading images: scan, choose, decode, hand over. A load that fails or is superseded changes nothing. */
import type { Category, SetAside } from '#core/dataset.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import type { DecodedCategory, DroppedFile } from '#worker/dataset-client.ts';
import { patch, type StateApi, withoutRun } from './app-state.ts';
import type { Clients } from './clients.ts';
import { summariseDataset } from './dataset-summary.ts';
import { requestMeanSpectrum } from './mean-spectrum.ts';

/** What can be done with images. None of these rejects: what fails is in `dataset.error`. */
export interface DatasetActions {
  /** Loads the procedural sample category. */
  loadSample(): Promise<void>;
  /** Loads the category in these files, or sets `dataset.pending` where there are several. */
  loadFiles(files: readonly DroppedFile[]): Promise<void>;
  /** Loads a category that was found in a drop. */
  loadCategory(category: Category): Promise<void>;
  /** Loads one of the pending categories by its name. */
  chooseCategory(name: string): Promise<void>;
  /** Forgets the pending categories. */
  cancelChoice(): void;
  /** Stops a decoding under way; what was loaded before stays. */
  cancelLoading(): void;
  /** Decodes the loaded category at the side that the settings ask for, where it is not so already. */
  matchSide(): Promise<void>;
  /** Computes the mean spectrum of the loaded training images, where it is not known or under way already. */
  needMeanSpectrum(): Promise<void>;
  dismissError(): void;
}

/** A decoding that has not ended, with what it takes to start it again at another side. */
interface UnderWay {
  readonly category: Category;
  readonly outside: readonly SetAside[];
  readonly side: number;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

const nothingFound = (setAside: readonly SetAside[]): ResiduaError => {
  const first = setAside[0];
  return new ResiduaError(
    'not-a-category',
    first
      ? `No category was found: ${first.path}: ${first.reason}`
      : 'No category was found: there are no files.',
    'Open a folder that has train/good and test folders, as MVTec AD does.',
  );
};

const firstShown = ({ images: { samples } }: DecodedCategory): number => {
  const anomalous = samples.findIndex(({ split, anomalous }) => split === 'test' && anomalous);
  const test = samples.findIndex(({ split }) => split === 'test');
  return Math.max(0, anomalous >= 0 ? anomalous : test);
};

/** Makes the actions of the dataset slice. `select` shows a sample once its images are there. */
export const createDatasetActions = (
  api: StateApi,
  { training, dataset, scanFiles, sampleCategory }: Clients,
  select: (index: number) => Promise<void>,
): DatasetActions => {
  let underWay: UnderWay | undefined;

  const fail = (thrown: unknown): void =>
    patch(api, 'dataset', { error: asResiduaError(thrown).toPlain(), loading: undefined });

  const handOver = async (
    category: Category,
    decoded: DecodedCategory,
    outside: readonly SetAside[],
  ): Promise<void> => {
    const { images, thumbnails, notices } = decoded;
    const before = api.getState();
    const sameImages =
      before.dataset.loaded?.category === category &&
      before.dataset.loaded.samples.length === images.samples.length;
    const shown = sameImages ? (before.view.selected ?? firstShown(decoded)) : firstShown(decoded);
    await training.request('loadImages', images);
    api.setState((state) => ({
      ...state,
      dataset: {
        loaded: {
          category,
          side: images.side,
          samples: images.samples,
          summary: summariseDataset(images.samples),
          outside,
          setAside: [...outside, ...decoded.setAside],
          notices,
          thumbnails,
        },
        loading: undefined,
        // What was asked while these images were decoded is still to be answered.
        pending: state.dataset.pending,
        meanSpectrum: { phase: 'unknown' },
        error: undefined,
      },
      run: {
        ...state.run,
        ...withoutRun(state.run.config.epochs),
      },
      view: { ...state.view, selected: undefined, sample: undefined },
    }));
    await select(shown);
  };

  const load = (category: Category, outside: readonly SetAside[]): Promise<void> => {
    underWay?.abort.abort();
    const abort = new AbortController();
    const { side } = api.getState().run.config;
    const total = category.samples.length;
    const { name } = category;
    patch(api, 'dataset', {
      loading: { name, side, done: 0, total },
      pending: undefined,
      error: undefined,
    });
    const work = async (): Promise<void> => {
      try {
        const decoded = await dataset.decode(category, side, {
          signal: abort.signal,
          onProgress: (done, total) => {
            if (!abort.signal.aborted) patch(api, 'dataset', { loading: { name, side, done, total } });
          },
        });
        if (!abort.signal.aborted) await handOver(category, decoded, outside);
      } catch (thrown) {
        if (!abort.signal.aborted) fail(thrown);
      }
    };
    const done = work().finally(() => {
      if (underWay?.abort === abort) underWay = undefined;
    });
    underWay = { category, outside, side, abort, done };
    return done;
  };

  return {
    loadSample: () => load(sampleCategory(), []),
    loadFiles: async (files) => {
      patch(api, 'dataset', { error: undefined });
      try {
        const { categories, setAside } = scanFiles(files);
        const [first] = categories;
        if (!first) throw nothingFound(setAside);
        if (categories.length === 1) await load(first, setAside);
        else patch(api, 'dataset', { pending: { categories, setAside } });
      } catch (thrown) {
        fail(thrown);
      }
    },
    loadCategory: (category) => load(category, []),
    chooseCategory: async (name) => {
      const { pending } = api.getState().dataset;
      const category = pending?.categories.find((candidate) => candidate.name === name);
      if (pending && category) return load(category, pending.setAside);
      const names = pending?.categories.map((candidate) => candidate.name).join(', ') ?? 'none';
      return fail(
        new ResiduaError(
          'not-a-category',
          `There is no category ${name} in what was opened: ${names}.`,
          'Choose one of these.',
        ),
      );
    },
    cancelChoice: () => patch(api, 'dataset', { pending: undefined }),
    cancelLoading: () => {
      underWay?.abort.abort();
      underWay = undefined;
      patch(api, 'dataset', { loading: undefined });
    },
    matchSide: async () => {
      const { dataset: state, run } = api.getState();
      if (underWay && underWay.side === run.config.side) return underWay.done;
      const wanted = underWay ?? state.loaded;
      if (wanted && wanted.side !== run.config.side) return load(wanted.category, wanted.outside);
    },
    needMeanSpectrum: () => requestMeanSpectrum(api, training),
    dismissError: () => patch(api, 'dataset', { error: undefined }),
  };
};

/** Loading images: scan, choose, decode, hand over. A load that fails or is superseded changes nothing. */
import type { RunConfig } from '#core/config.ts';
import type { Category, ImageSet, SetAside } from '#core/dataset.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { trainingSplit } from '#core/training-split.ts';
import type { DecodedCategory, DroppedFile } from '#worker/dataset-client.ts';
import { imagesForAnother } from '#worker/image-buffers.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { withoutRun } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { createMeanSpectrumActions, type MeanSpectrumActions } from './mean-spectrum.ts';
import { createSampleImageActions, type SampleImageActions } from './sample-images.ts';
import { summarizeDataset } from './state.ts';

/** Images that have not taken the place of the loaded ones. */
export interface ImagesToTake {
  /** Undefined where those that are loaded will do. */
  readonly images: ImageSet | undefined;
  /** Gives them to the baselines too; once, when the training worker has taken them, before they are shown. */
  readonly taken: () => void;
  /** The state once the worker has taken them. */
  readonly shownIn: (state: AppState) => AppState;
}

/** What can be done with images. Unless said otherwise none rejects: what fails is in `dataset.error`. */
export interface DatasetActions extends MeanSpectrumActions, SampleImageActions {
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
  dismissError(): void;
}

/** The same, with what an import needs. */
export interface DatasetLoader extends DatasetActions {
  /**
   * Images of the loaded category at a side, for a run that brings it along; nothing is changed yet. Undefined where decoding
   * them failed or was called off.
   * @throws ResiduaError `no-images` if nothing is loaded, `cancelled` if the signal aborts before the decoding
   */
  imagesAt(side: number, signal?: AbortSignal): Promise<ImagesToTake | undefined>;
}

const refused = { refuse: 'images', report: 'dataset' } as const;

export const datasetPolicy: QueuePolicy<DatasetActions> = {
  loadSample: refused,
  loadFiles: refused,
  loadCategory: refused,
  chooseCategory: refused,
  cancelChoice: 'allow',
  cancelLoading: 'allow',
  matchSide: 'allow',
  needMeanSpectrum: 'allow',
  cancelMeanSpectrum: 'allow',
  goodSampleImages: 'allow',
  dismissError: 'allow',
};

/** A decoding that has not ended, with what it takes to start it again at another side. */
interface UnderWay {
  readonly category: Category;
  readonly outside: readonly SetAside[];
  readonly side: number;
  readonly signal: AbortSignal;
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

/** What asks for images without there being any is told so. */
export const noImagesLoaded = (): ResiduaError =>
  new ResiduaError('no-images', 'No images are loaded.', 'Open a category folder or the sample first.');

/** The first defect; else the first test image, the first held-out one, or the first of all. */
const firstShown = ({ images: { samples } }: DecodedCategory, config: RunConfig): number => {
  const anomalous = samples.findIndex(({ split, anomalous }) => split === 'test' && anomalous);
  if (anomalous >= 0) return anomalous;
  const test = samples.findIndex(({ split }) => split === 'test');
  return test >= 0 ? test : (trainingSplit(samples, config).heldOut[0] ?? 0);
};

/** The state with other images, without a run, and with the image chosen that is to be shown first. */
const withImages = (
  state: AppState,
  category: Category,
  decoded: DecodedCategory,
  outside: readonly SetAside[],
): AppState => {
  const { images, thumbnails, notices } = decoded;
  const { loaded } = state.dataset;
  const sameImages = loaded?.category === category && loaded.samples.length === images.samples.length;
  const first = firstShown(decoded, state.run.config);
  return {
    ...state,
    dataset: {
      loaded: {
        category,
        side: images.side,
        samples: images.samples,
        summary: summarizeDataset(images.samples),
        facts: images.facts,
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
    run: { ...state.run, ...withoutRun(state.run.config.epochs) },
    view: {
      ...state.view,
      selected: sameImages ? (state.view.selected ?? first) : first,
      sample: undefined,
    },
  };
};

/**
 * Makes the actions of the dataset slice.
 * @param select shows a sample once its images are there
 * @param takeForBaselines gives the images of a category to the baselines as well
 */
export const createDatasetActions = (
  api: StateApi,
  { training, dataset, scanFiles, sampleCategory }: Clients,
  select: (index: number) => Promise<void>,
  takeForBaselines: (images: ImageSet) => void,
): DatasetLoader => {
  const decodings = createLatestSignal();
  let underWay: UnderWay | undefined;
  /** Categories of the last drop. */
  let dropped: readonly Category[] = [];

  /** The other categories of the folder that a category came in. */
  const othersOf = (category: Category): readonly Category[] => {
    const { available } = api.getState().table;
    const folder = [dropped, available].find((categories) => categories.includes(category)) ?? [];
    return folder.filter((other) => other !== category);
  };

  const fail = (thrown: unknown): void =>
    patch(api, 'dataset', { error: asResiduaError(thrown).toPlain(), loading: undefined });

  /** Decodes a category and has it used; undefined where that failed, was called off or was superseded. */
  const decode = <T>(
    category: Category,
    outside: readonly SetAside[],
    side: number,
    use: (decoded: DecodedCategory) => Promise<T> | T,
    callerSignal?: AbortSignal,
  ): Promise<T | undefined> => {
    const latest = decodings.next();
    const signal = callerSignal ? AbortSignal.any([latest, callerSignal]) : latest;
    const total = category.samples.length;
    const { name } = category;
    patch(api, 'dataset', {
      loading: { name, side, done: 0, total },
      pending: undefined,
      error: undefined,
    });
    const work = async (): Promise<T | undefined> => {
      try {
        const decoded = await dataset.decode(category, side, {
          signal,
          others: othersOf(category),
          onProgress: (done, total) => {
            if (!signal.aborted) patch(api, 'dataset', { loading: { name, side, done, total } });
          },
        });
        if (!signal.aborted) return await use(decoded);
      } catch (thrown) {
        if (!signal.aborted) fail(thrown);
      }
      return undefined;
    };
    const result = work().finally(() => {
      if (underWay?.signal !== signal) return;
      underWay = undefined;
      patch(api, 'dataset', { loading: undefined });
    });
    underWay = { category, outside, side, signal, done: result.then(() => undefined) };
    return result;
  };

  const load = async (category: Category, outside: readonly SetAside[]): Promise<void> => {
    await decode(category, outside, api.getState().run.config.side, async (decoded) => {
      const forBaselines = imagesForAnother(decoded.images);
      await training.request('loadImages', decoded.images);
      takeForBaselines(forBaselines);
      api.setState((state) => withImages(state, category, decoded, outside));
      const { selected } = api.getState().view;
      if (selected !== undefined) await select(selected);
    });
  };

  return {
    loadSample: () => load(sampleCategory(), []),
    loadFiles: async (files) => {
      patch(api, 'dataset', { error: undefined });
      try {
        const { categories, setAside } = scanFiles(files);
        dropped = categories;
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
      decodings.abort();
      underWay = undefined;
      patch(api, 'dataset', { loading: undefined });
    },
    matchSide: async () => {
      const { dataset: state, run } = api.getState();
      if (underWay && underWay.side === run.config.side) return underWay.done;
      const wanted = underWay ?? state.loaded;
      if (wanted && wanted.side !== run.config.side) return load(wanted.category, wanted.outside);
    },
    imagesAt: async (side, signal) => {
      await underWay?.done;
      signal?.throwIfAborted();
      const { loaded } = api.getState().dataset;
      if (!loaded) throw noImagesLoaded();
      if (loaded.side === side) return { images: undefined, taken: () => {}, shownIn: (state) => state };
      const { category, outside } = loaded;
      const use = (decoded: DecodedCategory): ImagesToTake => {
        const forBaselines = imagesForAnother(decoded.images);
        return {
          images: decoded.images,
          taken: () => takeForBaselines(forBaselines),
          shownIn: (state) => withImages(state, category, decoded, outside),
        };
      };
      return decode(category, outside, side, use, signal);
    },
    ...createMeanSpectrumActions(api, training),
    ...createSampleImageActions({ dataset, sampleCategory }),
    dismissError: () => patch(api, 'dataset', { error: undefined }),
  };
};

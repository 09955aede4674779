/** Loads images: scans, asks for a category, decodes, and passes the images on. A failed or superseded load changes nothing. */
import type { RunConfig } from '#core/config.ts';
import type { Category, ImageSet, SampleInfo, SkippedFile } from '#core/dataset.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { type Framing, isSameFraming } from '#core/fit.ts';
import type { Mapping } from '#core/layout/roles.ts';
import { imagesOf } from '#core/tiles.ts';
import { trainingSplit } from '#core/training-split.ts';
import {
  archivesIn,
  type DecodedCategory,
  type DroppedFile,
  type OpenedFiles,
} from '#worker/dataset-client.ts';
import { imagesForAnother } from '#worker/image-buffers.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { withoutRivals } from '../race/state.ts';
import { withoutRun } from '../run/state.ts';
import type { RestoredImages } from '../storage/kept-images.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { createMappingActions, type MappingActions } from './mapping-actions.ts';
import { createMeanSpectrumActions, type MeanSpectrumActions } from './mean-spectrum.ts';
import { createOriginalImageActions, type OriginalImageActions } from './original-image.ts';
import { hasKnownRoles, withRecalledRoles } from './recalled-roles.ts';
import { createSampleImageActions, type SampleImageActions } from './sample-images.ts';
import { summarizeDataset } from './state.ts';

/** Decoded images that have not replaced the loaded ones yet. */
export interface ImagesToTake {
  /** Undefined if the loaded images already have the wanted framing. */
  readonly images: ImageSet | undefined;
  /** Passes the images on to the baselines. Call it once, after the training worker accepts them and before `shownIn`. */
  readonly taken: () => void;
  /** Returns the state with these images. */
  readonly shownIn: (state: AppState) => AppState;
}

/** The roles of images, for a load without a question. */
export interface GivenRoles {
  readonly mappings?: readonly Mapping[] | undefined;
}

/** Actions on images. Unless stated otherwise they never reject: errors go to `dataset.error`. */
export interface DatasetActions
  extends MeanSpectrumActions,
    MappingActions,
    SampleImageActions,
    OriginalImageActions {
  /** Loads the procedural sample category. */
  loadSample(): Promise<void>;
  /**
   * Loads the category in these files, or sets `dataset.pending` if there are several, or `dataset.asked` if its roles need to be
   * confirmed.
   * @param given loads without a question, with these roles or else the proposed ones
   */
  loadFiles(files: readonly DroppedFile[], given?: GivenRoles): Promise<void>;
  /** Loads a category from a drop. */
  loadCategory(category: Category): Promise<void>;
  /** Loads one of the pending categories by its name. */
  chooseCategory(name: string): Promise<void>;
  /** Drops the pending categories. */
  cancelChoice(): void;
  /** Cancels the decoding under way; the loaded images stay. */
  cancelLoading(): void;
  /** Decodes the loaded category again if its framing differs from that of the settings. */
  matchFraming(): Promise<void>;
  dismissError(): void;
}

/** The actions above, and one for imports. */
export interface DatasetLoader extends DatasetActions {
  /**
   * Decodes the loaded category with the framing of an imported run. The loaded images stay until the caller replaces them.
   * @returns undefined if decoding fails or is canceled
   * @throws ResiduaError `no-images` if nothing is loaded, `cancelled` if the signal aborts before decoding starts
   */
  imagesAt(framing: Framing, signal?: AbortSignal): Promise<ImagesToTake | undefined>;
  /**
   * The same for a category by its name: the loaded one, or the sample.
   * @returns `missing` if neither has this name
   */
  imagesNamed(
    name: string,
    framing: Framing,
    signal?: AbortSignal,
  ): Promise<ImagesToTake | 'missing' | undefined>;
  /** Decodes the loaded images again; undefined if none are loaded. @throws ResiduaError (as rejection) as the decoding */
  imagesAgain(): Promise<ImageSet | undefined>;
  /** Returns kept images, for a run that replaces the present one. */
  restoredImages(restored: RestoredImages): ImagesToTake;
  /** Loads kept images. Never rejects, as `loadCategory`. */
  loadRestored(restored: RestoredImages): Promise<void>;
}

const refused = { refuse: 'images', report: 'dataset' } as const;

export const datasetPolicy: QueuePolicy<DatasetActions> = {
  loadSample: refused,
  loadFiles: refused,
  loadCategory: refused,
  chooseCategory: refused,
  cancelChoice: 'allow',
  confirmMapping: refused,
  cancelMapping: 'allow',
  changeRoles: refused,
  previewImage: 'allow',
  cancelLoading: 'allow',
  matchFraming: 'allow',
  needMeanSpectrum: 'allow',
  cancelMeanSpectrum: 'allow',
  goodSampleImages: 'allow',
  originalImage: 'allow',
  dismissError: 'allow',
};

/** A decoding under way, with the arguments that are needed to repeat it with another framing. */
interface UnderWay {
  readonly category: Category;
  readonly outside: readonly SkippedFile[];
  readonly framing: Framing;
  readonly signal: AbortSignal;
  readonly done: Promise<void>;
}

const nothingFound = (skippedFiles: readonly SkippedFile[]): ResiduaError => {
  const first = skippedFiles[0];
  return new ResiduaError(
    'not-a-category',
    first
      ? `No category was found: ${first.path}: ${first.reason}`
      : 'No category was found: the folder is empty.',
    'Open a folder that has train/good and test folders, as MVTec AD does.',
  );
};

/** The error of a request that needs images before any are loaded. */
export const noImagesLoaded = (): ResiduaError =>
  new ResiduaError('no-images', 'No images are loaded.', 'Open a category folder or the sample first.');

/** Index of the first anomalous image; failing that, of the first test, held-out or other image, in this order. */
const firstShown = (samples: readonly SampleInfo[], config: RunConfig): number => {
  const anomalous = samples.findIndex(({ split, anomalous }) => split === 'test' && anomalous);
  if (anomalous >= 0) return anomalous;
  const test = samples.findIndex(({ split }) => split === 'test');
  return test >= 0 ? test : (trainingSplit(samples, config).heldOut[0] ?? 0);
};

/** Returns the state with other images, without a run, and with a chosen image. */
const withImages = (
  state: AppState,
  category: Category,
  decoded: DecodedCategory,
  outside: readonly SkippedFile[],
): AppState => {
  const { images, thumbnails, notices, contentHashes } = decoded;
  const { loaded } = state.dataset;
  const samples = imagesOf(images.samples);
  const sameImages = loaded?.category === category && loaded.samples.length === samples.length;
  const first = firstShown(samples, state.run.config);
  return {
    ...state,
    dataset: {
      loaded: {
        category,
        side: images.side,
        fit: images.fit,
        samples,
        summary: summarizeDataset(samples),
        facts: images.facts,
        contentHashes,
        outside,
        skippedFiles: [...outside, ...decoded.skippedFiles],
        notices,
        thumbnails,
      },
      loading: undefined,
      // The user may have been offered a choice during this decoding; it stays open.
      pending: state.dataset.pending,
      asked: state.dataset.asked,
      meanSpectrum: { phase: 'unknown' },
      error: undefined,
    },
    run: { ...state.run, ...withoutRun(state.run.config.epochs) },
    race: { ...state.race, ...withoutRivals },
    view: {
      ...state.view,
      tile: undefined,
      selected: sameImages ? (state.view.selected ?? first) : first,
      sample: undefined,
      earlierRun: undefined,
    },
  };
};

/**
 * Creates the actions of the dataset slice.
 * @param select shows a sample after its images are loaded
 * @param takeForBaselines passes the images on to the baselines
 */
export const createDatasetActions = (
  api: StateApi,
  clients: Clients,
  select: (index: number) => Promise<void>,
  takeForBaselines: (images: ImageSet) => void,
): DatasetLoader => {
  const { training, dataset, scanFiles, sampleCategory } = clients;
  const decodings = createLatestSignal();
  let underWay: UnderWay | undefined;
  /** Categories of the last drop. */
  let dropped: readonly Category[] = [];
  /** Whether the last drop may ask for roles. */
  let asks = true;

  /** Returns the other categories of the folder that holds a category. */
  const othersOf = (category: Category): readonly Category[] => {
    const { available } = api.getState().table;
    const folder = [dropped, available].find((categories) => categories.includes(category)) ?? [];
    return folder.filter((other) => other !== category);
  };

  const fail = (thrown: unknown): void =>
    patch(api, 'dataset', { error: asResiduaError(thrown).toPlain(), loading: undefined });

  /** Decodes a category and passes it to `use`. Resolves to undefined if it fails, is canceled or is superseded. */
  const decode = <T>(
    category: Category,
    outside: readonly SkippedFile[],
    { side, fit }: Framing,
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
      asked: undefined,
      error: undefined,
    });
    const work = async (): Promise<T | undefined> => {
      try {
        const decoded = await dataset.decode(
          category,
          { side, fit },
          {
            signal,
            others: othersOf(category),
            onProgress: (done, total) => {
              if (!signal.aborted) patch(api, 'dataset', { loading: { name, side, done, total } });
            },
          },
        );
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
    underWay = { category, outside, framing: { side, fit }, signal, done: result.then(() => undefined) };
    return result;
  };

  const take = async ({ category, decoded, outside }: RestoredImages): Promise<void> => {
    const forBaselines = imagesForAnother(decoded.images);
    await training.request('loadImages', decoded.images);
    takeForBaselines(forBaselines);
    api.setState((state) => withImages(state, category, decoded, outside));
    const { selected } = api.getState().view;
    if (selected !== undefined) await select(selected);
  };

  const load = async (category: Category, outside: readonly SkippedFile[]): Promise<void> => {
    await decode(category, outside, api.getState().run.config, (decoded) =>
      take({ category, decoded, outside }),
    );
  };

  const { ask, ...mappingActions } = createMappingActions(api, clients, load);

  /** Opens the archives of a drop. Resolves to undefined if that is canceled. */
  const open = async (files: readonly DroppedFile[]): Promise<OpenedFiles | undefined> => {
    let signal: AbortSignal | undefined;
    const onOpening = (name: string, share: number): void => {
      if (signal?.aborted) return;
      const loading = { name, side: 0, done: Math.round(100 * share), total: 100, opening: true };
      patch(api, 'dataset', { loading });
    };
    // Only an archive takes long enough to replace a decoding under way.
    if (archivesIn(files).length > 0) signal = decodings.next();
    try {
      return await clients.openArchives(files, onOpening, signal ?? new AbortController().signal);
    } catch (thrown) {
      if (signal?.aborted) return undefined;
      throw thrown;
    } finally {
      if (signal && !signal.aborted) patch(api, 'dataset', { loading: undefined });
    }
  };

  /** Loads a category, or asks for its roles if they are not confirmed. */
  const offer = async (category: Category, outside: readonly SkippedFile[]): Promise<void> => {
    if (asks && category.mapped && !hasKnownRoles(category)) ask(category.mapped, outside);
    else await load(category, outside);
  };

  const toTake = ({ category, decoded, outside }: RestoredImages): ImagesToTake => {
    const forBaselines = imagesForAnother(decoded.images);
    return {
      images: decoded.images,
      taken: () => takeForBaselines(forBaselines),
      shownIn: (state) => withImages(state, category, decoded, outside),
    };
  };

  /** Decodes a category for a run that replaces the present one. */
  const imagesToTake = (
    category: Category,
    outside: readonly SkippedFile[],
    framing: Framing,
    signal: AbortSignal | undefined,
  ): Promise<ImagesToTake | undefined> =>
    decode(category, outside, framing, (decoded) => toTake({ category, decoded, outside }), signal);

  const imagesAt = async (framing: Framing, signal?: AbortSignal): Promise<ImagesToTake | undefined> => {
    await underWay?.done;
    signal?.throwIfAborted();
    const { loaded } = api.getState().dataset;
    if (!loaded) throw noImagesLoaded();
    if (isSameFraming(loaded, framing))
      return { images: undefined, taken: () => {}, shownIn: (state) => state };
    return imagesToTake(loaded.category, loaded.outside, framing, signal);
  };

  return {
    loadSample: () => load(sampleCategory(), []),
    loadFiles: async (files, given) => {
      patch(api, 'dataset', { error: undefined });
      asks = given === undefined;
      try {
        const opened = await open(files);
        if (!opened) return;
        const { categories: found, skippedFiles: outside } = await scanFiles(opened.files, given?.mappings);
        const skippedFiles = [...opened.skippedFiles, ...outside];
        const categories = asks
          ? await Promise.all(found.map((category) => withRecalledRoles(category, clients)))
          : found;
        dropped = categories;
        const [first] = categories;
        if (!first) throw nothingFound(skippedFiles);
        if (categories.length === 1) await offer(first, skippedFiles);
        else patch(api, 'dataset', { pending: { categories, skippedFiles } });
      } catch (thrown) {
        fail(thrown);
      }
    },
    loadCategory: (category) => load(category, []),
    chooseCategory: async (name) => {
      const { pending } = api.getState().dataset;
      const category = pending?.categories.find((candidate) => candidate.name === name);
      if (pending && category) return offer(category, pending.skippedFiles);
      const names = pending?.categories.map((candidate) => candidate.name).join(', ') ?? 'none';
      return fail(
        new ResiduaError(
          'not-a-category',
          `The opened files hold no category ${name}. They hold: ${names}.`,
          'Choose one of them.',
        ),
      );
    },
    ...mappingActions,
    cancelChoice: () => patch(api, 'dataset', { pending: undefined }),
    cancelLoading: () => {
      decodings.abort();
      underWay = undefined;
      patch(api, 'dataset', { loading: undefined });
    },
    matchFraming: async () => {
      const { loaded } = api.getState().dataset;
      const { config } = api.getState().run;
      if (underWay && isSameFraming(underWay.framing, config)) return underWay.done;
      const wanted = underWay ?? (loaded && !isSameFraming(loaded, config) ? loaded : undefined);
      if (wanted) return load(wanted.category, wanted.outside);
    },
    imagesAt,
    imagesNamed: async (name, framing, signal) => {
      await underWay?.done;
      if (api.getState().dataset.loaded?.category.name === name) return imagesAt(framing, signal);
      const sample = sampleCategory();
      return sample.name === name ? imagesToTake(sample, [], framing, signal) : 'missing';
    },
    imagesAgain: async () => {
      const { loaded } = api.getState().dataset;
      if (!loaded) return undefined;
      const others = othersOf(loaded.category);
      return (await dataset.decode(loaded.category, loaded, { others })).images;
    },
    restoredImages: toTake,
    loadRestored: async (restored) => {
      decodings.abort();
      patch(api, 'dataset', { error: undefined, loading: undefined });
      try {
        await take(restored);
      } catch (thrown) {
        fail(thrown);
      }
    },
    ...createMeanSpectrumActions(api, training),
    ...createSampleImageActions({ dataset, sampleCategory }),
    ...createOriginalImageActions(api, dataset),
    dismissError: () => patch(api, 'dataset', { error: undefined }),
  };
};

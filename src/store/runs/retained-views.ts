/** Images and spectra of the test set through retained runs. The present run stays as it is. */

import { ResiduaError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import { framingWords, isSameFraming } from '#core/fit.ts';
import type { PastEvaluation, SampleView } from '#core/history.ts';
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RequestCall } from '#worker/rpc.ts';
import type { StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { RetainedRun } from './retained-run.ts';
import type { SyncedLibrary } from './synced-library.ts';

/** How a retained run shows an image. */
export interface ViewOfRun {
  /** Settings of the score; by default those of the run. */
  readonly settings?: EvaluationSettings;
  /** Shows its held evaluation nearest to this epoch; by default its last weights. */
  readonly epoch?: number;
  /** The tile, if the image is cut into tiles; by default the first. */
  readonly tile?: number | undefined;
}

/** The spectra of the test set by a retained run, at one of its evaluations. */
export interface SpectraOfRun extends PastEvaluation {
  readonly spectra: TestSpectra;
}

export interface RetainedViews {
  /**
   * Reconstructs one image with a retained run, and scores it with that run's settings or the given ones.
   * @param sampleIndex index into the loaded image set's samples
   * @throws ResiduaError (as rejection) `config-invalid` if the images have another side, `unknown-run` if
   *   there is no such run or image, `storage-failed` if its weights cannot be read
   */
  view(id: string, sampleIndex: number, options?: ViewOfRun): Promise<SampleView>;
  /**
   * The spectra of the loaded test images by a retained run: at its held evaluation nearest to the epoch, or by its last
   * weights. Cached while the images are loaded.
   * @param epoch undefined for the last weights
   * @throws ResiduaError (as rejection) as `view`; `cancelled`
   */
  spectra(id: string, epoch: number | undefined, call?: RequestCall): Promise<SpectraOfRun>;
}

/** The error for an id that is not in the library. */
export const noSuchRun = (): ResiduaError =>
  new ResiduaError('unknown-run', 'This run is not in the library.', 'Choose another run.');

interface Parts extends Pick<Clients, 'training' | 'baselines'> {
  readonly library: Pick<SyncedLibrary, 'keyOf'>;
  /** @throws ResiduaError `unknown-run` */
  readonly existing: (id: string) => RetainedRun;
  readonly files: (id: string) => Promise<ExportedRun>;
  readonly past: (id: string) => Promise<ArrayBuffer | undefined>;
}

/** Creates the functions. */
export const createRetainedViews = (
  api: StateApi,
  { training, baselines, library, existing, files, past }: Parts,
): RetainedViews => {
  /** Spectra by the run's key, then by the step; of the loaded images. */
  let known: { readonly images: unknown; readonly byKey: Map<string, Map<number, TestSpectra>> } | undefined;

  const knownSpectra = (key: string): Map<number, TestSpectra> => {
    const images = api.getState().dataset.loaded;
    const ofImages =
      known !== undefined && known.images === images
        ? known.byKey
        : new Map<string, Map<number, TestSpectra>>();
    known = { images, byKey: ofImages };
    const found = ofImages.get(key) ?? new Map<number, TestSpectra>();
    ofImages.set(key, found);
    return found;
  };

  const requireFraming = (id: string): void => {
    const { config, name } = existing(id);
    const { loaded } = api.getState().dataset;
    if (loaded && !isSameFraming(loaded, config))
      throw new ResiduaError(
        'config-invalid',
        `The images are loaded at ${framingWords(loaded, config)}, but the run ${name} has ${framingWords(config, loaded)}.`,
        `Open the run, or set ${framingWords(config, loaded)}, to view images with it.`,
      );
  };

  /** Asks the worker, which may hold the run; asks again with its files if it does not. */
  const ask = async <T>(
    id: string,
    epoch: number | undefined,
    request: (files: ExportedRun | undefined) => Promise<T | undefined>,
  ): Promise<T> => {
    const answer =
      (await request(undefined)) ??
      (await request({ ...(await files(id)), past: epoch === undefined ? undefined : await past(id) }));
    if (answer === undefined) throw noSuchRun();
    return answer;
  };

  return {
    view: async (id, index, options = {}) => {
      requireFraming(id);
      const wanted = { key: library.keyOf(id), index, ...options };
      return ask(id, options.epoch, (sent) => training.request('viewWith', { ...wanted, files: sent }));
    },
    spectra: async (id, epoch, call = {}) => {
      requireFraming(id);
      const key = library.keyOf(id);
      const ofRun = knownSpectra(key);
      const wanted = { key, epoch, knownSteps: [...ofRun.keys()] };
      const found = await ask(id, epoch, (sent) =>
        training.request('reconstructionsWith', { ...wanted, files: sent }, call),
      );
      const { step, held } = found;
      const spectra = held ? await baselines.testSpectra(held, call) : ofRun.get(step);
      if (!spectra) throw noSuchRun();
      ofRun.set(step, spectra);
      return { epoch: found.epoch, step, spectra };
    },
  };
};

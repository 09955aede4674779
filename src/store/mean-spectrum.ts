/** The mean spectrum of the training images: asked of the worker when it is first shown, dropped with the images. */
import { asResiduaError, type PlainError } from '#core/errors.ts';
import type { MeanSpectrum } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from './app-state.ts';

export type { MeanSpectrum } from '#worker/protocol.ts';

export type MeanSpectrumState =
  | { readonly phase: 'unknown' }
  | { readonly phase: 'asked' }
  | { readonly phase: 'ready'; readonly spectrum: MeanSpectrum }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** Asks for the mean spectrum unless it is known or under way; an answer for images that are gone is dropped. */
export const requestMeanSpectrum = async (api: StateApi, training: TrainingClient): Promise<void> => {
  const { loaded, meanSpectrum } = api.getState().dataset;
  if (!loaded || meanSpectrum.phase === 'asked' || meanSpectrum.phase === 'ready') return;
  const settle = (state: MeanSpectrumState): void => {
    if (api.getState().dataset.loaded === loaded) patch(api, 'dataset', { meanSpectrum: state });
  };
  settle({ phase: 'asked' });
  try {
    settle({ phase: 'ready', spectrum: await training.request('meanSpectrum') });
  } catch (thrown) {
    settle({ phase: 'failed', error: asResiduaError(thrown).toPlain() });
  }
};

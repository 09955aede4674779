/** The mean spectrum of the images that a run trains on: computed when first shown, dropped with the images. */
import { asResiduaError } from '#core/errors.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { holdOutKey, holdOutOf } from '#core/training-split.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import type { MeanSpectrumState } from './state.ts';

export interface MeanSpectrumActions {
  /** Computes the mean spectrum of the images that the settings train on, unless it is known or under way. */
  needMeanSpectrum(): Promise<void>;
  /** Cancels the computation. */
  cancelMeanSpectrum(): void;
}

/** Creates the actions. If the images were replaced in the meantime, the result is dropped. */
export const createMeanSpectrumActions = (api: StateApi, training: TrainingClient): MeanSpectrumActions => {
  const work = createLatestSignal();
  const state = () => api.getState().dataset;
  let holdOut = holdOutKey(api.getState().run.config);
  api.subscribe(({ run }) => {
    const now = holdOutKey(run.config);
    if (now === holdOut) return;
    holdOut = now;
    work.abort();
    if (state().meanSpectrum.phase !== 'unknown')
      patch(api, 'dataset', { meanSpectrum: { phase: 'unknown' } });
  });
  return {
    needMeanSpectrum: async () => {
      const { loaded, meanSpectrum } = state();
      if (!loaded || meanSpectrum.phase === 'asked' || meanSpectrum.phase === 'ready') return;
      const signal = work.next();
      const settle = (next: MeanSpectrumState): void => {
        if (state().loaded === loaded && !signal.aborted) patch(api, 'dataset', { meanSpectrum: next });
      };
      settle({ phase: 'asked', progress: undefined });
      try {
        const onProgress = (progress: ShareDone): void => settle({ phase: 'asked', progress });
        const spectrum = await training.request('meanSpectrum', holdOutOf(api.getState().run.config), {
          signal,
          onProgress,
        });
        settle({ phase: 'ready', spectrum });
      } catch (thrown) {
        settle({ phase: 'failed', error: asResiduaError(thrown).toPlain() });
      }
    },
    cancelMeanSpectrum: () => {
      work.abort();
      if (state().meanSpectrum.phase === 'asked')
        patch(api, 'dataset', { meanSpectrum: { phase: 'stopped' } });
    },
  };
};

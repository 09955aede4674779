/** Computes the baselines again when the images or the settings change. */

import type { ImageSet } from '#core/dataset.ts';
import { asResiduaError, isCancelled } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { isSameFraming } from '#core/fit.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { holdOutKey } from '#core/training-split.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { followMeanView } from './mean-view.ts';
import { type BaselinesState, baselineConfig, initialBaselines, referencesKey } from './state.ts';

/** Actions on baselines. None of them rejects: errors go to `baselines.error`. */
export interface BaselinesActions {
  /** Computes the missing baselines. Loading images or changing settings also starts this. */
  compute(): Promise<void>;
  /** Cancels the computation; finished results stay. */
  cancel(): void;
}

export const baselinesPolicy: QueuePolicy<BaselinesActions> = { compute: 'allow', cancel: 'allow' };

/** The actions above, and one that the loading of images calls. */
export interface BaselinesLoader extends BaselinesActions {
  /** Sends the images to the worker before they appear in the store. Buffers are transferred unless they are shared. */
  take(images: ImageSet): void;
}

/** Creates the actions, and listens to the store. */
export const createBaselinesActions = (api: StateApi, client: BaselinesClient): BaselinesLoader => {
  const work = createLatestSignal();
  const set = (change: Partial<BaselinesState>): void => patch(api, 'baselines', change);

  /** Ignores a refusal by the worker, because each later request reports it. */
  const take = (images: ImageSet): void => {
    work.abort();
    void client.load(images).catch(() => undefined);
  };

  const compute = async (): Promise<void> => {
    const { dataset, run } = api.getState();
    if (!dataset.loaded) return;
    const signal = work.next();
    const settle = (change: Partial<BaselinesState>): void => {
      if (!signal.aborted) set(change);
    };
    const onProgress = (progress: ShareDone | undefined): void => settle({ underWay: { progress } });
    const config = baselineConfig(run);
    settle({ stopped: false, error: undefined });
    onProgress(undefined);
    const attempt = async (part: () => Promise<Partial<BaselinesState>>): Promise<void> => {
      try {
        settle(await part());
      } catch (thrown) {
        if (!isCancelled(thrown)) settle({ error: asResiduaError(thrown).toPlain() });
      }
    };
    const statisticsKey = holdOutKey(config);
    const computeStatistics = async (): Promise<Partial<BaselinesState>> => {
      if (api.getState().baselines.statisticsKey === statisticsKey) return {};
      return { statistics: await client.statistics(config, { signal }), statisticsKey };
    };
    // The references take longer than the statistics, so only their progress is shown.
    const computeReferences = async (): Promise<Partial<BaselinesState>> => {
      const evaluations = await client.references(config, { signal, onProgress });
      const settings = evaluationSettingsOf(config);
      return { references: { key: referencesKey(config), settings, evaluations } };
    };
    await Promise.all([attempt(computeStatistics), attempt(computeReferences)]);
    settle({ underWay: undefined });
  };

  const cancel = (): void => {
    work.abort();
    if (api.getState().baselines.underWay) set({ underWay: undefined, stopped: true });
  };

  const keyOf = ({ run }: AppState): string => referencesKey(baselineConfig(run));
  api.subscribe((state, before) => {
    const sameImages = state.dataset.loaded === before.dataset.loaded;
    if (!sameImages) set(initialBaselines);
    const { loaded } = state.dataset;
    const sameSettings =
      state.run.config === before.run.config && state.run.configured === before.run.configured;
    if (!loaded || (sameImages && (sameSettings || keyOf(state) === keyOf(before)))) return;
    // After a change of the framing, the images are decoded with it first.
    if (isSameFraming(loaded, baselineConfig(state.run))) void compute();
  });
  followMeanView(api, client);

  return { compute, cancel, take };
};

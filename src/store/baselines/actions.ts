/** Keeps the baselines in step with the loaded images and the settings. */
import type { ImageSet } from '#core/dataset.ts';
import { asResiduaError, isCancelled } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { holdOutKey } from '#core/training-split.ts';
import type { BaselinesClient } from '#worker/baselines-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { followMeanView } from './mean-view.ts';
import { type BaselinesState, baselineConfig, initialBaselines, referencesKey } from './state.ts';

/** What can be done with baselines. None of these rejects: what fails is in the slice. */
export interface BaselinesActions {
  /** Computes what is missing; this happens by itself when images are loaded and when settings change. */
  compute(): Promise<void>;
  /** Stops the computation under way; what is there stays. */
  cancel(): void;
}

export const baselinesPolicy: QueuePolicy<BaselinesActions> = { compute: 'allow', cancel: 'allow' };

/** The same, with what the loading of images does. */
export interface BaselinesLoader extends BaselinesActions {
  /** Hands the images to the worker, before the store shows them. They are taken over unless they are shared. */
  take(images: ImageSet): void;
}

/** Makes the actions, and listens to the store from now on. */
export const createBaselinesActions = (api: StateApi, client: BaselinesClient): BaselinesLoader => {
  const work = createLatestSignal();
  const set = (change: Partial<BaselinesState>): void => patch(api, 'baselines', change);

  /** A worker that does not take the images tells so with each request. */
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
    // They take the longer of the two, so their progress is that of both.
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
    // Settings of another side wait for its images.
    if (loaded.side === baselineConfig(state.run).side) void compute();
  });
  followMeanView(api, client);

  return { compute, cancel, take };
};

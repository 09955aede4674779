/** Computes the metrics of each evaluation. */
import { asResiduaError, isCancelled } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { ShareDone } from '#core/share-clock.ts';
import type { MetricsClient } from '#worker/metrics-client.ts';
import type { RequestCall } from '#worker/rpc.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { createOwnError } from '../run/own-error.ts';
import { isBusy, latestEvaluation, overallPhase } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { pastStepOf } from '../view/past-step.ts';
import { bandStops } from './band-stops.ts';
import { initialMetrics, type PixelMetricsState } from './state.ts';

/** Actions on metrics. None of them rejects. */
export interface MetricsActions {
  /** Computes the pixel metrics of the latest evaluation. While no run trains, this happens automatically. */
  computePixel(): Promise<void>;
  /** Cancels the computation. */
  cancelPixel(): void;
  /** Computes the latest evaluation's curve over low cut-offs. While no run trains, this happens automatically. */
  computeLowCut(): Promise<void>;
  /** Cancels the computation; the curve of an earlier evaluation stays. */
  cancelLowCut(): void;
}

export const metricsPolicy: QueuePolicy<MetricsActions> = {
  computePixel: 'allow',
  cancelPixel: 'allow',
  computeLowCut: 'allow',
  cancelLowCut: 'allow',
};

/** All runs use the same bootstrap resamples, so two runs differ only by their scores. */
export const bootstrapSeed = 0;

/** Returns the cut-offs of the curve: the stops of the band's lower handle that are below the band's upper end. */
const lowCutoffs = (side: number, bandHigh: number): readonly number[] =>
  bandStops(side).filter((stop) => stop < Math.min(bandHigh, side / 2));

/** Creates the actions, and listens to the store. */
export const createMetricsActions = (
  api: StateApi,
  training: TrainingClient,
  client: MetricsClient,
): MetricsActions => {
  const isCurrent = (evaluation: Evaluation): boolean => latestEvaluation(api.getState().run) === evaluation;
  const setPixel = (pixel: PixelMetricsState): void => patch(api, 'metrics', { pixel });

  const imageMetricsOf = async ({ scores }: Evaluation): Promise<ImageMetrics | undefined> => {
    const labels = labelsOf(api.getState().dataset.loaded?.samples ?? []);
    if (labels.anomalous.length !== scores.length) return undefined;
    return client.imageMetrics({ scores, labels, seed: bootstrapSeed });
  };

  const computeImage = async (evaluation: Evaluation): Promise<void> => {
    const image = await imageMetricsOf(evaluation);
    if (image && isCurrent(evaluation)) patch(api, 'metrics', { evaluation, image });
  };

  const pastEvaluation = (state: AppState): Evaluation | undefined => {
    const step = pastStepOf(state);
    return step === undefined
      ? undefined
      : state.run.history.evaluations.find((evaluation) => evaluation.step === step);
  };
  let knownPast: Evaluation | undefined;
  const followPast = async (state: AppState): Promise<void> => {
    const evaluation = pastEvaluation(state);
    if (evaluation === knownPast) return;
    knownPast = evaluation;
    const image = evaluation && (await imageMetricsOf(evaluation));
    if (knownPast === evaluation)
      patch(api, 'metrics', { past: evaluation && image && { evaluation, image } });
  };
  api.subscribe((state) => void followPast(state));

  /** The request for residual maps. It is short, so the curve waits for it. */
  let maps: Promise<unknown> = Promise.resolve();

  const lowCutWork = createLatestSignal();
  const lowCutError = createOwnError(api);
  const cancelLowCut = (): void => {
    lowCutWork.abort();
    if (api.getState().metrics.lowCutUnderWay) patch(api, 'metrics', { lowCutUnderWay: undefined });
  };

  const computeLowCut = async (): Promise<void> => {
    const { dataset, run } = api.getState();
    const { loaded } = dataset;
    const evaluation = latestEvaluation(run);
    if (!loaded || !evaluation) return;
    const signal = lowCutWork.next();
    const settle = (change: Partial<AppState['metrics']>): void => {
      if (!signal.aborted) patch(api, 'metrics', change);
    };
    const onProgress = (progress: ShareDone | undefined): void => settle({ lowCutUnderWay: { progress } });
    onProgress(undefined);
    await maps.catch(() => undefined);
    if (signal.aborted) return;
    try {
      const cutoffs = lowCutoffs(loaded.side, evaluation.bandHigh);
      const points = await training.request('lowCutCurve', { cutoffs }, { signal, onProgress });
      settle({
        lowCut: { evaluation, category: loaded.category.name, points },
        lowCutUnderWay: undefined,
      });
      lowCutError.clear();
    } catch (thrown) {
      settle({ lowCutUnderWay: undefined });
      // Dropping the run and urgent work cancel the curve. A cancellation is not an error.
      const error = asResiduaError(thrown).toPlain();
      const isError = !signal.aborted && !isCancelled(thrown) && error.code !== 'no-run';
      if (isError) lowCutError.show(error);
    }
  };

  const pixelWork = createLatestSignal();
  const cancelPixel = (): void => {
    pixelWork.abort();
    if (api.getState().metrics.pixel.phase === 'computing') setPixel({ phase: 'none' });
  };

  const computePixel = async (): Promise<void> => {
    if (!latestEvaluation(api.getState().run)) return;
    const signal = pixelWork.next();
    const settle = (state: PixelMetricsState): void => {
      if (!signal.aborted) setPixel(state);
    };
    const begin = (stage: 'maps' | 'pixels'): RequestCall => {
      const onProgress = (progress: ShareDone | undefined): void =>
        settle({ phase: 'computing', stage, progress });
      onProgress(undefined);
      return { signal, onProgress };
    };
    try {
      const request = training.request('scoredMaps', undefined, begin('maps'));
      maps = request;
      settle({ phase: 'ready', metrics: await client.pixelMetrics(await request, begin('pixels')) });
    } catch (thrown) {
      settle({ phase: 'failed', error: asResiduaError(thrown).toPlain() });
    }
  };

  /** A run may be retained before or after its curve is computed. */
  const retainLowCut = ({ metrics, runs }: AppState): void => {
    const { lowCut, lowCutOfRuns } = metrics;
    const { presentId } = runs;
    if (presentId === undefined || !lowCut || !isCurrent(lowCut.evaluation)) return;
    if (lowCutOfRuns[presentId] === lowCut) return;
    patch(api, 'metrics', { lowCutOfRuns: { ...lowCutOfRuns, [presentId]: lowCut } });
  };
  api.subscribe(retainLowCut);

  let known: Evaluation | undefined;
  let wasRunning = false;
  let wasBusy = false;
  api.subscribe((state) => {
    const latest = latestEvaluation(state.run);
    const running = overallPhase(state.run, state.race) === 'running';
    const busy = isBusy(state.run, state.race);
    const changed = latest !== known;
    const ended = wasRunning && !running;
    const isFree = wasBusy && !busy;
    known = latest;
    wasRunning = running;
    wasBusy = busy;
    if (changed) {
      cancelPixel();
      cancelLowCut();
      if (!latest) {
        const { lowCutOfRuns } = state.metrics;
        patch(api, 'metrics', { ...initialMetrics, lowCutOfRuns });
        knownPast = undefined;
        return;
      }
      setPixel({ phase: 'none' });
      void computeImage(latest);
    }
    if ((changed && !running) || (ended && latest && state.metrics.pixel.phase === 'none'))
      void computePixel();
    if (busy) cancelLowCut();
    else if (latest && (changed || isFree) && state.metrics.lowCut?.evaluation !== latest)
      void computeLowCut();
  });

  return { computePixel, cancelPixel, computeLowCut, cancelLowCut };
};

/** Keeps the metrics in step with the latest evaluation. */
import { asResiduaError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { MetricsClient } from '#worker/metrics-client.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { bandStops } from '../band-stops.ts';
import { labelsOf } from '../image-labels.ts';
import { latestEvaluation } from '../run-state.ts';
import { noMetrics, type PixelMetricsState } from './metrics-state.ts';

/** What can be done with metrics. None of these rejects: what fails is in the slice. */
export interface MetricsActions {
  /** Computes the pixel metrics of the latest evaluation; while nothing trains this happens by itself. */
  computePixel(): Promise<void>;
  /** Stops the computation under way. */
  cancelPixel(): void;
}

/** The bootstrap draws the same resamples for every run, so that two runs differ by their scores alone. */
const bootstrapSeed = 0;

/** The handle's stops below the band's upper end: what the curve is asked for. */
const lowCutoffs = (side: number, bandHigh: number): readonly number[] =>
  bandStops(side).filter((stop) => stop < Math.min(bandHigh, side / 2));

/** Makes the actions, and listens to the store from now on. */
export const createMetricsActions = (
  api: StateApi,
  training: TrainingClient,
  client: MetricsClient,
): MetricsActions => {
  const isCurrent = (evaluation: Evaluation): boolean => latestEvaluation(api.getState().run) === evaluation;
  const setPixel = (pixel: PixelMetricsState): void => patch(api, 'metrics', { pixel });

  const computeImage = async (evaluation: Evaluation): Promise<void> => {
    const labels = labelsOf(api.getState().dataset.loaded?.samples ?? []);
    if (labels.anomalous.length !== evaluation.scores.length) return;
    const image = await client.imageMetrics({
      scores: evaluation.scores,
      labels,
      seed: bootstrapSeed,
    });
    if (isCurrent(evaluation)) patch(api, 'metrics', { evaluation, image });
  };

  const computeLowCut = async (evaluation: Evaluation): Promise<void> => {
    const { loaded } = api.getState().dataset;
    if (!loaded) return;
    try {
      const cutoffs = lowCutoffs(loaded.side, evaluation.bandHigh);
      const points = await training.request('lowCutCurve', { cutoffs });
      if (isCurrent(evaluation)) patch(api, 'metrics', { lowCut: { evaluation, points } });
    } catch (thrown) {
      // A run that is dropped meanwhile has no curve, which is no news.
      const error = asResiduaError(thrown).toPlain();
      if (error.code !== 'no-run') patch(api, 'run', { error });
    }
  };

  let underWay: AbortController | undefined;
  const cancelPixel = (): void => {
    underWay?.abort();
    underWay = undefined;
    if (api.getState().metrics.pixel.phase === 'computing') setPixel({ phase: 'none' });
  };

  const computePixel = async (): Promise<void> => {
    cancelPixel();
    const evaluation = latestEvaluation(api.getState().run);
    if (!evaluation) return;
    const abort = new AbortController();
    underWay = abort;
    setPixel({ phase: 'computing', share: 0 });
    try {
      const input = await training.request('scoredMaps');
      if (abort.signal.aborted) return;
      const metrics = await client.pixelMetrics(input, {
        signal: abort.signal,
        onProgress: (share) => {
          if (!abort.signal.aborted) setPixel({ phase: 'computing', share });
        },
      });
      if (!abort.signal.aborted) setPixel({ phase: 'ready', metrics });
    } catch (thrown) {
      if (!abort.signal.aborted) setPixel({ phase: 'failed', error: asResiduaError(thrown).toPlain() });
    } finally {
      if (underWay === abort) underWay = undefined;
    }
  };

  /** A run is kept some time before or after its curve is there. */
  const keepLowCut = ({ metrics, runs }: AppState): void => {
    const { lowCut, lowCutOfRuns } = metrics;
    const { presentId } = runs;
    if (presentId === undefined || !lowCut || !isCurrent(lowCut.evaluation)) return;
    if (lowCutOfRuns[presentId] === lowCut.points) return;
    patch(api, 'metrics', { lowCutOfRuns: { ...lowCutOfRuns, [presentId]: lowCut.points } });
  };
  api.subscribe(keepLowCut);

  let known: Evaluation | undefined;
  let wasRunning = false;
  api.subscribe((state) => {
    const latest = latestEvaluation(state.run);
    const running = state.run.status.phase === 'running';
    const ended = wasRunning && !running;
    wasRunning = running;
    if (latest !== known) {
      known = latest;
      cancelPixel();
      if (!latest) {
        const { lowCutOfRuns } = state.metrics;
        patch(api, 'metrics', { ...noMetrics, lowCutOfRuns });
        return;
      }
      setPixel({ phase: 'none' });
      void computeImage(latest);
      if (!running) void computePixel();
      if (!running) void computeLowCut(latest);
    } else if (ended && latest && state.metrics.pixel.phase === 'none') {
      void computePixel();
      void computeLowCut(latest);
    }
  });

  return { computePixel, cancelPixel };
};

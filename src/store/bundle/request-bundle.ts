/** Collects the results of the present run, and asks the worker for its bundle. */
import { dataFingerprint } from '#core/bundle/data-fingerprint.ts';
import { textParts } from '#core/bundle/text-parts.ts';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import { ResiduaError } from '#core/errors.ts';
import type { BundleRequest } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { isThresholdSettled, presentThresholdRecord } from '../decision/threshold-export.ts';
import type { MetricsActions } from '../metrics/actions.ts';
import type { LongCall } from '../run/run-tasks.ts';
import { latestEvaluation } from '../run/state.ts';
import { until } from '../until.ts';
import { runReport, type SettledMetrics } from './report.ts';

/** The user's choices for a bundle. */
export interface BundleOptions {
  /** Whether ten test images are put into it, with their expected reconstructions. */
  readonly withImages: boolean;
}

/** What a bundle is collected from. */
export interface BundleSources extends Pick<Clients, 'pythonFile'>, Pick<MetricsActions, 'computePixel'> {
  readonly api: StateApi;
  readonly training: TrainingClient;
}

/** Number of test images in a bundle. */
const exampleCount = 10;

const running = (): ResiduaError =>
  new ResiduaError(
    'busy',
    'The run is training, and a bundle holds the scores of its weights.',
    'Pause or stop the training first.',
  );

/** Waits for the metrics of the latest evaluation. */
const settledMetrics = async (
  { api, computePixel }: BundleSources,
  signal: AbortSignal,
): Promise<SettledMetrics> => {
  if (api.getState().metrics.pixel.phase === 'none') void computePixel();
  const { image, pixel } = await until(
    api,
    ({ metrics: { image, evaluation, pixel }, run }) =>
      image && evaluation === latestEvaluation(run) && (pixel.phase === 'ready' || pixel.phase === 'failed')
        ? { image, pixel }
        : undefined,
    signal,
  );
  if (pixel.phase === 'failed') throw ResiduaError.fromPlain(pixel.error);
  return { image, pixel: pixel.metrics };
};

/** Evenly spaced test images, with the bytes of their files. */
const examples = async (api: StateApi): Promise<BundleRequest['examples']> => {
  const { loaded } = api.getState().dataset;
  const sources = new Map(loaded?.category.samples.map(({ path, source }) => [path, source]));
  const tested = (loaded?.samples ?? []).flatMap(({ path, split }, index) =>
    split === 'test' ? [{ path, index }] : [],
  );
  return Promise.all(
    evenlySpaced(tested, exampleCount).map(async ({ path, index }) => {
      const source = sources.get(path);
      if (source?.kind !== 'file') return { index, file: undefined };
      return { index, file: new Uint8Array(await source.image.arrayBuffer()) };
    }),
  );
};

/**
 * Exports the bundle of the latest evaluation.
 * @param zipName name of the .zip; undefined for separate parts
 * @throws ResiduaError `busy` while the run trains; `cancelled`; any error of the worker
 */
export const requestBundle = async (
  sources: BundleSources,
  { withImages }: BundleOptions,
  zipName: string | undefined,
  call: LongCall,
): Promise<readonly BundlePart[]> => {
  const { api, training, pythonFile } = sources;
  const { run } = api.getState();
  if (run.status.phase === 'running') throw running();
  if (latestEvaluation(run)) {
    await until(api, (state) => isThresholdSettled(state) || undefined, call.signal);
  }
  const [metrics, script] = await Promise.all([settledMetrics(sources, call.signal), pythonFile()]);
  const state = api.getState();
  const report = runReport(state, metrics);
  const bundle = await training.request(
    'exportBundle',
    {
      texts: new Map([...textParts(report), ['residua_torch.py', script]]),
      threshold: presentThresholdRecord(state),
      past: state.runs.keepsPast,
      dataFingerprint: await dataFingerprint(report.contentHashes),
      examples: withImages ? await examples(api) : [],
      zipName,
    },
    call,
  );
  const evaluated = latestEvaluation(state.run)?.step;
  if (evaluated === state.run.status.step) patch(api, 'run', { savedStep: evaluated });
  return bundle;
};

/** Exports the present run with its results: the bundle, or each part of it. */
import { dataFingerprint } from '#core/bundle/data-fingerprint.ts';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import { ResiduaError } from '#core/errors.ts';
import type { BundleRequest } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { isThresholdSettled, presentThresholdRecord } from '../decision/threshold-export.ts';
import type { MetricsActions } from '../metrics/actions.ts';
import type { LongCall, RunTasks } from '../run/run-tasks.ts';
import { latestEvaluation } from '../run/state.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { until } from '../until.ts';
import type { SettledMetrics } from './report.ts';

/** The user's choices for a bundle. */
export interface BundleOptions {
  /** Whether ten test images are put into it, with their expected reconstructions. */
  readonly withImages: boolean;
}

/** Actions on the bundle. They never reject: errors go to `run.error`, and the result is undefined. */
export interface BundleActions {
  /**
   * Returns the bundle of the latest evaluation as one .zip; also undefined if it is canceled.
   * @param options.name of the .zip, without its end
   */
  zip(options: BundleOptions & { readonly name: string }): Promise<BundlePart | undefined>;
  /** Returns its parts. */
  parts(options: BundleOptions): Promise<readonly BundlePart[] | undefined>;
}

export const bundlePolicy: QueuePolicy<BundleActions> = { zip: 'allow', parts: 'allow' };

/** Number of test images in a bundle. */
export const exampleCount = 10;

const running = (): ResiduaError =>
  new ResiduaError(
    'busy',
    'The run is training, and a bundle holds the scores of its weights.',
    'Pause or stop the training first.',
  );

/** Creates the actions. */
export const createBundleActions = (
  api: StateApi,
  training: TrainingClient,
  { pythonFile }: Pick<Clients, 'pythonFile'>,
  { performLong }: Pick<RunTasks, 'performLong'>,
  metricsActions: Pick<MetricsActions, 'computePixel'>,
): BundleActions => {
  /** Waits for the metrics of the latest evaluation. */
  const settledMetrics = async (signal: AbortSignal): Promise<SettledMetrics> => {
    if (api.getState().metrics.pixel.phase === 'none') void metricsActions.computePixel();
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
  const examples = async (): Promise<BundleRequest['examples']> => {
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

  const request = async (
    { withImages }: BundleOptions,
    zipName: string | undefined,
    call: LongCall,
  ): Promise<readonly BundlePart[]> => {
    const { run } = api.getState();
    if (run.status.phase === 'running') throw running();
    if (latestEvaluation(run)) {
      await until(api, (state) => isThresholdSettled(state) || undefined, call.signal);
    }
    const [metrics, { runReport }, { textParts }, script] = await Promise.all([
      settledMetrics(call.signal),
      import('./report.ts'),
      import('#core/bundle/text-parts.ts'),
      pythonFile(),
    ]);
    const state = api.getState();
    const report = runReport(state, metrics);
    const bundle = await training.request(
      'exportBundle',
      {
        texts: new Map([...textParts(report), ['residua_torch.py', script]]),
        threshold: presentThresholdRecord(state),
        past: state.runs.keepsPast,
        dataFingerprint: await dataFingerprint(report.contentHashes),
        examples: withImages ? await examples() : [],
        zipName,
      },
      call,
    );
    const evaluated = latestEvaluation(state.run)?.step;
    if (evaluated === state.run.status.step) patch(api, 'run', { savedStep: evaluated });
    return bundle;
  };

  return {
    zip: async (options) =>
      (await performLong('exporting', (call) => request(options, `${options.name}.zip`, call)))?.[0],
    parts: (options) => performLong('exporting', (call) => request(options, undefined, call)),
  };
};

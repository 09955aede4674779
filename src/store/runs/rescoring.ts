/** Evaluates retained runs again by the score of the page on the loaded images, one after the other. */
import { asResiduaError, isCancelled } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { createLatestSignal } from '../latest-signal.ts';
import { canBeRescored, presentMeasure, settingsFor, withRescored } from './measure.ts';
import type { RetainedRun } from './retained-run.ts';
import { retainedRun } from './state.ts';
import type { SyncedLibrary } from './synced-library.ts';

export interface Rescoring {
  /** Evaluates those of these runs that have no evaluation by the present measure. Errors go to `runs.error`. */
  rescore(ids: readonly string[]): Promise<void>;
  /** Cancels the evaluations; finished ones stay. */
  cancel(): void;
}

/**
 * Creates the actions.
 * @param filesOf reads the files of a run; rejects if they cannot be read
 */
export const createRescoring = (
  api: StateApi,
  training: TrainingClient,
  library: Pick<SyncedLibrary, 'change'>,
  filesOf: (id: string) => Promise<ExportedRun>,
): Rescoring => {
  const work = createLatestSignal();

  const rescore = async (ids: readonly string[]): Promise<void> => {
    const { dataset } = api.getState();
    const measure = presentMeasure(api.getState());
    if (!measure || api.getState().runs.rescoring) return;
    const wanted = ids.flatMap((id): RetainedRun[] => {
      const run = retainedRun(api.getState().runs, id);
      return run && canBeRescored(run, measure) ? [run] : [];
    });
    if (wanted.length === 0) return;
    const signal = work.next();
    try {
      for (const [place, run] of wanted.entries()) {
        const begin = (progress: {
          readonly share: number;
          readonly remainingMs: number | undefined;
        }): void => patch(api, 'runs', { rescoring: { name: run.name, ...progress } });
        begin({ share: place / wanted.length, remainingMs: undefined });
        const evaluation = await training.request(
          'evaluateWith',
          { files: await filesOf(run.id), settings: settingsFor(run, measure) },
          {
            signal,
            onProgress: ({ share, remainingMs }) =>
              begin({ share: (place + share) / wanted.length, remainingMs }),
          },
        );
        // The images may have changed before the request began.
        if (api.getState().dataset.loaded !== dataset.loaded) return;
        const present = retainedRun(api.getState().runs, run.id);
        if (present) {
          const { images } = measure;
          await library.change(run.id, { rescored: withRescored(present, { images, evaluation }) });
        }
      }
    } catch (thrown) {
      if (!isCancelled(thrown)) patch(api, 'runs', { error: asResiduaError(thrown).toPlain() });
    } finally {
      patch(api, 'runs', { rescoring: undefined });
    }
  };

  return { rescore, cancel: work.abort };
};

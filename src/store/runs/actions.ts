/** Retains runs, names and annotates them, restores them, and views images through them. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { runReferences } from '../baselines/run-references.ts';
import { presentDecision } from '../decision/retained-decision.ts';
import { presentThresholdRecord } from '../decision/threshold-export.ts';
import { newId } from '../new-id.ts';
import type { RunActions } from '../run/actions.ts';
import type { ImportActions } from '../run/imports.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { deviceInWords } from './device-in-words.ts';
import { followJudgement } from './follow-judgement.ts';
import { judgeAs } from './judge-as.ts';
import { evaluatedImages } from './measure.ts';
import { followPresentRun, type PresentRun } from './present-run.ts';
import { createRescoring } from './rescoring.ts';
import { retainRivals } from './retain-rivals.ts';
import { evaluationOf, nextName, type RetainedRun, stepOf } from './retained-run.ts';
import { mostChosen, retainedRun } from './state.ts';
import type { SyncedLibrary } from './synced-library.ts';

/** How a retained run shows an image. */
export interface ViewOfRun {
  /** Settings of the score; by default those of the run. */
  readonly settings?: EvaluationSettings;
  /** Shows its held evaluation nearest to this epoch; by default its last weights. */
  readonly epoch?: number;
}

/** Actions on retained runs. Unless stated otherwise they never reject: errors go to `runs.error`. */
export interface RunsActions {
  /** Reads the library. To be called once, first; earlier requests wait for it. */
  open(): Promise<void>;
  /**
   * Retains the present run with its current weights, and replaces its earlier record. A run that was trained
   * here is retained automatically when it is finished or stopped.
   * @returns its id; undefined if there are no weights, the run is running, or it fails
   */
  retain(): Promise<string | undefined>;
  /** Renames a run; an empty name is ignored. */
  rename(id: string, name: string): Promise<void>;
  /** Changes the note of a run. */
  annotate(id: string, note: string): Promise<void>;
  /** Removes a run with its weights from the library. */
  remove(id: string): Promise<void>;
  /** Removes the past epochs of a run from the library; its weights stay. */
  removePast(id: string): Promise<void>;
  /** Chooses whether coming runs are retained with their past epochs. */
  setKeepsPast(keepsPast: boolean): void;
  /** Restores the most recently removed run. */
  undoRemove(): Promise<void>;
  /** Drops the removed runs: they can no longer be restored. */
  forgetRemoved(): void;
  /** Deletes an unreadable record. */
  removeUnreadable(id: string): Promise<void>;
  /** Chooses whether a run is overlaid and compared; does nothing if `mostChosen` runs are chosen already. */
  choose(id: string, chosen: boolean): void;
  /**
   * Evaluates those of these runs again that have no evaluation by the page's score on the loaded images. The results stay
   * beside the original evaluations. Runs of another side are skipped.
   */
  rescore(ids: readonly string[]): Promise<void>;
  /** Cancels `rescore`; finished evaluations stay. */
  cancelRescore(): void;
  /**
   * Imports a retained run with its past epochs as the present run, and judges it as last: by its score, with its threshold
   * policy. Errors of the import go to `run.error`.
   */
  restore(id: string): Promise<void>;
  /**
   * Reconstructs one image with a retained run, and scores it with that run's settings or the given ones. The present run stays.
   * @param sampleIndex index into the loaded image set's samples
   * @throws ResiduaError (as rejection) `config-invalid` if the images have another side, `unknown-run` if
   *   there is no such run or image, `storage-failed` if its weights cannot be read
   */
  view(id: string, sampleIndex: number, options?: ViewOfRun): Promise<SampleView>;
  /**
   * Reads the files of a retained run.
   * @throws ResiduaError (as rejection) `unknown-run` if there is no such run, `storage-failed` if they cannot be read
   */
  files(id: string): Promise<ExportedRun>;
  /**
   * Reads the past epochs of a retained run, for `readPastFile`; undefined if it has none.
   * @throws ResiduaError (as rejection) `unknown-run` if there is no such run, `storage-failed` if they cannot be read
   */
  past(id: string): Promise<ArrayBuffer | undefined>;
  /** Reads the files of a retained run, with past epochs if it has any; undefined if they cannot be read. */
  exportRun(id: string): Promise<ExportedRun | undefined>;
  dismissError(): void;
}

export const runsPolicy: QueuePolicy<RunsActions> = {
  open: 'allow',
  retain: 'allow',
  rename: 'allow',
  annotate: 'allow',
  remove: 'allow',
  removePast: 'allow',
  setKeepsPast: 'allow',
  undoRemove: 'allow',
  forgetRemoved: 'allow',
  removeUnreadable: 'allow',
  choose: 'allow',
  rescore: { refuse: 'training', report: 'run' },
  cancelRescore: 'allow',
  restore: { refuse: 'training', report: 'run' },
  view: 'allow',
  files: 'allow',
  past: 'allow',
  exportRun: 'allow',
  dismissError: 'allow',
};

const noSuchRun = (): ResiduaError =>
  new ResiduaError('unknown-run', 'This run is not in the library.', 'Choose another run.');

/**
 * Creates the actions of the runs slice, and retains every run that is finished or stopped.
 */
export const createRunsActions = (
  api: StateApi,
  training: TrainingClient,
  library: SyncedLibrary,
  imports: Pick<ImportActions, 'run'>,
  runActions: Pick<RunActions, 'setConfig'>,
): RunsActions => {
  const runs = () => api.getState().runs;
  const follower = followPresentRun(api, () => void retain());

  const fail = (thrown: unknown): void => patch(api, 'runs', { error: asResiduaError(thrown).toPlain() });

  const existing = (id: string): RetainedRun => {
    const run = retainedRun(runs(), id);
    if (!run) throw noSuchRun();
    return run;
  };

  /** The weights of the present run count as saved while it is in the library. */
  const markPresent = (present: PresentRun, step: number): void => {
    if (follower.present() === present) patch(api, 'run', { savedStep: step });
  };

  const retain = async (): Promise<string | undefined> => {
    const { run, race, dataset, baselines, table } = api.getState();
    const { configured: config, summary, history, status, device } = run;
    if (!config || !summary || status.step === 0 || status.phase === 'running') return undefined;
    const present = follower.present();
    const { trainMs } = present;
    const categoryName = run.importedFrom ?? dataset.loaded?.category.name ?? '';
    try {
      // Send the request at once, because the next run to start replaces this one.
      const [files] = await Promise.all([
        training.request('exportRun', {
          threshold: presentThresholdRecord(api.getState()),
          // The queue retains dozens of runs, and nobody plays them all; a page without storage has to hold them in memory.
          past: runs().keepsPast && table.phase === 'idle' && !runs().memoryOnly,
        }),
        library.opened(),
      ]);
      const before = retainedRun(runs(), present.id);
      const retained: RetainedRun = {
        id: before?.id ?? newId(),
        name: before?.name ?? nextName(config.loss, runs().retained),
        note: before?.note ?? '',
        createdAt: before?.createdAt ?? Date.now(),
        categoryName,
        config,
        history,
        device: before?.device ?? (run.importedFrom === undefined ? deviceInWords(device) : undefined),
        trainMs: trainMs === undefined || race.id !== undefined ? before?.trainMs : Math.round(trainMs),
        summary,
        data: before?.data ?? (run.importedFrom === undefined ? dataset.loaded?.facts : undefined),
        evaluatedOn: dataset.loaded && evaluatedImages(dataset.loaded),
        rescored: before && stepOf(before) === status.step ? before.rescored : undefined,
        decision: presentDecision(api.getState()),
        race: before?.race ?? (race.id === undefined ? undefined : { id: race.id, place: 0 }),
        references: runReferences({ baselines, dataset }, history.evaluations.at(-1)),
      };
      follower.nameAs(present, retained.id);
      const saved = library.put(retained, files);
      markPresent(present, status.step);
      retainReferences(api.getState());
      await saved;
      return retained.id;
    } catch (thrown) {
      fail(thrown);
      return undefined;
    }
  };

  /** Adds the references to a run that was retained before they were computed. */
  const retainReferences = (state: AppState): void => {
    const retained = retainedRun(state.runs, state.runs.presentId);
    if (!retained || retained.references || state.baselines.references === undefined) return;
    const references = runReferences(state, evaluationOf(retained));
    if (references) void library.change(retained.id, { references });
  };
  api.subscribe((state, before) => {
    if (state.baselines.references !== before.baselines.references) retainReferences(state);
  });

  const files = async (id: string): Promise<ExportedRun> => {
    const run = existing(id);
    const found = await library.files(id);
    if (found) return found;
    throw new ResiduaError(
      'storage-failed',
      `The weights of the run ${run.name} are no longer in the browser's storage.`,
      'Train the run again with its settings and seed, which are stored, and delete it.',
    );
  };

  const { rescore, cancel } = createRescoring(api, training, library, files);
  followJudgement(api, library);
  const past = async (id: string): Promise<ArrayBuffer | undefined> => library.past(existing(id).id);
  retainRivals(api, training, library, fail);

  return {
    open: async () => {
      await library.opened();
    },
    retain,
    rename: async (id, name) => {
      const trimmed = name.trim();
      if (trimmed !== '') await library.change(id, { name: trimmed });
    },
    annotate: (id, note) => library.change(id, { note: note.trim() }),
    remove: async (id) => {
      if (follower.present().id === id) markPresent(follower.present(), 0);
      await library.remove(id);
    },
    removePast: (id) => library.removePast(id),
    setKeepsPast: (keepsPast) => patch(api, 'runs', { keepsPast }),
    undoRemove: async () => {
      const run = runs().removed.at(-1);
      if (!run) return;
      await library.undoRemove(run);
      if (follower.present().id === run.id) markPresent(follower.present(), stepOf(run));
    },
    forgetRemoved: () => library.forgetRemoved(),
    removeUnreadable: (id) => library.removeUnreadable(id),
    choose: (id, chosen) => {
      const others = runs().chosen.filter((other) => other !== id);
      if (!chosen) patch(api, 'runs', { chosen: others });
      else if (retainedRun(runs(), id) && others.length < mostChosen)
        patch(api, 'runs', { chosen: [...others, id] });
    },
    rescore,
    cancelRescore: cancel,
    restore: async (id) => {
      try {
        const { trainMs, decision } = existing(id);
        const before = follower.present();
        await imports.run({ ...(await files(id)), past: await past(id) });
        const present = follower.present();
        if (present === before) return;
        present.trainMs = trainMs;
        follower.nameAs(present, id);
        if (decision) await judgeAs(api, runActions, decision);
      } catch (thrown) {
        fail(thrown);
      }
    },
    view: async (id, index, options = {}) => {
      const { config, name } = existing(id);
      const { loaded } = api.getState().dataset;
      if (loaded && loaded.side !== config.side)
        throw new ResiduaError(
          'config-invalid',
          `The images are loaded at side ${loaded.side}, but the run ${name} has side ${config.side}.`,
          `Open the run, or set the side to ${config.side}, to view images with it.`,
        );
      const request = { key: library.keyOf(id), index, ...options };
      const known = await training.request('viewWith', { ...request, files: undefined });
      const filesOf = async (): Promise<ExportedRun> => ({
        ...(await files(id)),
        past: options.epoch === undefined ? undefined : await past(id),
      });
      const view = known ?? (await training.request('viewWith', { ...request, files: await filesOf() }));
      if (!view) throw noSuchRun();
      return view;
    },
    files,
    past,
    exportRun: async (id) => {
      try {
        return { ...(await files(id)), past: await past(id) };
      } catch (thrown) {
        fail(thrown);
        return undefined;
      }
    },
    dismissError: () => patch(api, 'runs', { error: undefined }),
  };
};

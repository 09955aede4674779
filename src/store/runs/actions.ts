/** Retains runs, names and annotates them, restores them, and views images through them. */
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import { type AppState, patch, type StateApi } from '../app-state.ts';
import { runReferences } from '../baselines/run-references.ts';
import type { Clients } from '../clients.ts';
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
import type { PresentRun, PresentRunFollower } from './present-run.ts';
import { createRescoring } from './rescoring.ts';
import { retainRivals } from './retain-rivals.ts';
import { evaluationOf, nextName, type RetainedRun, runsOfRace, stepOf } from './retained-run.ts';
import { createRetainedViews, noSuchRun, type RetainedViews } from './retained-views.ts';
import { mostChosen, retainedRun } from './state.ts';
import type { SyncedLibrary } from './synced-library.ts';

/** Actions on retained runs. Unless stated otherwise they never reject: errors go to `runs.error`. */
export interface RunsActions extends RetainedViews {
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
  /** The same for all retained runs of a race: the first becomes the present run, and the others its rivals. */
  restoreRace(raceId: string): Promise<void>;
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
  restoreRace: { refuse: 'training', report: 'run' },
  view: 'allow',
  spectra: 'allow',
  files: 'allow',
  past: 'allow',
  exportRun: 'allow',
  dismissError: 'allow',
};

/**
 * Creates the actions of the runs slice, and retains every run that is finished or stopped.
 */
export const createRunsActions = (
  api: StateApi,
  { training, baselines }: Pick<Clients, 'training' | 'baselines'>,
  library: SyncedLibrary,
  imports: Pick<ImportActions, 'run' | 'race'>,
  runActions: Pick<RunActions, 'setConfig'>,
  follower: PresentRunFollower,
): RunsActions => {
  const runs = () => api.getState().runs;

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

  let saving: PresentRun | undefined;
  const markSaving = (present: PresentRun, step: number): void => {
    saving = present;
    patch(api, 'run', { savingStep: step });
  };
  const markSaved = (present: PresentRun): void => {
    if (saving === present) patch(api, 'run', { savingStep: 0 });
  };

  const retain = async (): Promise<string | undefined> => {
    const { run, race, dataset, baselines, table } = api.getState();
    const { configured: config, summary, history, status, device } = run;
    if (!config || !summary || status.step === 0 || status.phase === 'running') return undefined;
    const present = follower.present();
    // Contestants share the device, and the worker measures the turns of each since the start or the resume.
    const hasTurns = race.id !== undefined && run.importedFrom === undefined && run.resumed === undefined;
    const ownMs = hasTurns ? status.turnMs : present.trainMs;
    const categoryName = run.importedFrom ?? dataset.loaded?.category.name ?? '';
    const decision = presentDecision(api.getState());
    markSaving(present, status.step);
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
        trainMs: ownMs === undefined ? before?.trainMs : Math.round(ownMs),
        summary,
        data: before?.data ?? (run.importedFrom === undefined ? dataset.loaded?.facts : undefined),
        evaluatedOn: dataset.loaded && evaluatedImages(dataset.loaded),
        rescored: before && stepOf(before) === status.step ? before.rescored : undefined,
        decision,
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
    } finally {
      markSaved(present);
    }
  };

  follower.onOver(() => void retain());

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

  const withPast = async (id: string): Promise<ExportedRun> => ({
    ...(await files(id)),
    past: await past(id),
  });

  /** Imports retained runs, of which one becomes the present run, and judges that one as last. */
  const reopen = async (found: () => RetainedRun, importRuns: () => Promise<void>): Promise<void> => {
    try {
      const { id, trainMs, decision } = found();
      const before = follower.present();
      await importRuns();
      const present = follower.present();
      if (present === before) return;
      present.trainMs = trainMs;
      follower.nameAs(present, id);
      if (decision) await judgeAs(api, runActions, decision);
    } catch (thrown) {
      fail(thrown);
    }
  };

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
    restore: (id) =>
      reopen(
        () => existing(id),
        async () => imports.run(await withPast(id)),
      ),
    restoreRace: (raceId) => {
      const contestants = runsOfRace(raceId, runs().retained);
      const [first, ...rivals] = contestants.map(({ id }) => id);
      return reopen(
        () => existing(first ?? raceId),
        async () => {
          if (first === undefined) return;
          const files = await Promise.all([withPast(first), ...rivals.map(withPast)] as const);
          await imports.race(files, raceId);
        },
      );
    },
    ...createRetainedViews(api, { training, baselines, library, existing, files, past }),
    files,
    past,
    exportRun: async (id) => {
      try {
        return await withPast(id);
      } catch (thrown) {
        fail(thrown);
        return undefined;
      }
    },
    dismissError: () => patch(api, 'runs', { error: undefined }),
  };
};

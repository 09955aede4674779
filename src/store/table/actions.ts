/** The queue of Table II: planning it, running it entry by entry, keeping it. */
import type { LossName, RunConfig } from '#core/config.ts';
import type { Category, SkippedFile } from '#core/dataset.ts';
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import { mergePlans, planQueue, sameBase } from '#core/table/plan-queue.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';
import type { DroppedFile } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { until } from '../until.ts';
import { estimateTable, type TableCost } from './estimate-table.ts';
import type { QueuePolicy } from './queue-guard.ts';
import { type EntryEnd, type QueueActions, runEntry } from './run-entry.ts';
import { filesOf, initialTable, nextEntry, runningEntry, type TableState } from './state.ts';
import { parseStoredTable, storedTable } from './table-storage.ts';

/** What a table is planned from: categories by the names of those available. */
export interface PlanRequest {
  readonly categories: readonly string[];
  readonly losses: readonly LossName[];
  readonly seeds: readonly number[];
}

/** What can be done with the table. None rejects but `plan`; what fails is in `table.notice` or in an entry. */
export interface TableActions {
  /** Takes up the table of the last visit. Once, before all else. */
  restore(): Promise<void>;
  /** Finds the categories in these files and has them at hand; what fails is in `dataset.error`. */
  addFiles(files: readonly DroppedFile[]): void;
  /** Has these categories' files at hand from now on; those of the same name are replaced. */
  addCategories(categories: readonly Category[], skippedFiles: readonly SkippedFile[]): void;
  /** Adds runs to the table where its settings are those of the page, else begins a new one with the page's. */
  plan(request: PlanRequest): void;
  /** Runs what waits, from the first entry, or goes on after a pause. Resolves when the queue stands again. */
  start(): Promise<void>;
  /** Stops after the step under way; the entry goes on later where its run is still there, else anew. */
  pause(): Promise<void>;
  /** Passes over an entry; the one under way is stopped. */
  skip(id: string): Promise<void>;
  /** Lets entries that failed or were skipped wait again; all of them where no id is given. */
  retry(id?: string): void;
  /** Takes an entry out of the table; the one under way stays. */
  remove(id: string): void;
  /** Stops, and forgets the table; what was available stays. */
  clear(): Promise<void>;
  /**
   * What the paper's table would cost with these settings, by MVTec AD's counts. Rejects with a `ResiduaError` where a run
   * would not fit the device.
   */
  estimate(config: RunConfig): Promise<TableCost>;
  dismissNotice(): void;
}

/** These are the queue's own controls. */
export const tablePolicy: QueuePolicy<TableActions> = {
  restore: 'allow',
  addFiles: 'allow',
  addCategories: 'allow',
  plan: 'allow',
  start: 'allow',
  pause: 'allow',
  skip: 'allow',
  retry: 'allow',
  remove: 'allow',
  clear: 'allow',
  estimate: 'allow',
  dismissNotice: 'allow',
};

const notKept = (cause: unknown): PlainError =>
  new ResiduaError(
    'internal',
    `The table cannot be kept in this browser: ${asResiduaError(cause).problem}`,
    'Export it before you close the page.',
  ).toPlain();

/** What an end makes of the entry under way. */
const outcomeOf = (end: EntryEnd, elapsedMs: number, isSkipped: boolean): EntryState => {
  if (end.kind === 'done') return { state: 'done', result: { ...end.result, elapsedMs } };
  if (end.kind === 'failed') return { state: 'failed', error: end.error };
  if (isSkipped) return { state: 'skipped', reason: 'Skipped.' };
  if (end.kind === 'stopped')
    return { state: 'skipped', reason: `Stopped by hand after epoch ${end.epoch}.` };
  return { state: 'waiting' };
};

/** Makes the actions of the table slice. `actions` are the ones that the queue drives the page with. */
export const createTableActions = (
  api: StateApi,
  actions: QueueActions,
  {
    tableStorage,
    nowMs,
    scanFiles,
    training,
  }: Pick<Clients, 'tableStorage' | 'nowMs' | 'scanFiles' | 'training'>,
): TableActions => {
  const table = (): TableState => api.getState().table;
  const set = (change: Partial<TableState>): void => patch(api, 'table', change);
  let skipped: string | undefined;
  /** The user's settings, which come back when the queue stands, and those that stand in for them meanwhile. */
  let own: RunConfig | undefined;
  let lent: RunConfig | undefined;

  let writing: Promise<void> = Promise.resolve();
  const keep = (): void => {
    const { base, entries } = table();
    const kept = base && entries.length > 0 ? storedTable(base, entries) : undefined;
    writing = writing
      .then(() => tableStorage.write(kept))
      .catch((thrown: unknown) => set({ notice: notKept(thrown) }));
  };

  const setEntries = (entries: readonly QueueEntry[]): void => {
    set({ entries, ...(entries.length === 0 ? { base: undefined } : {}) });
    keep();
  };
  const changeEntries = (
    isMeant: (entry: QueueEntry) => boolean,
    change: (entry: QueueEntry) => Partial<QueueEntry>,
  ): void =>
    setEntries(table().entries.map((entry) => (isMeant(entry) ? { ...entry, ...change(entry) } : entry)));

  const runNext = async (entry: QueueEntry, category: Category): Promise<'go on' | 'stand'> => {
    const isThis = ({ id }: QueueEntry): boolean => id === entry.id;
    const startedAtMs = nowMs();
    set({ startedAtMs });
    changeEntries(isThis, () => ({ outcome: { state: 'running' } }));
    const isWanted = (): boolean => table().phase === 'running' && skipped !== entry.id;
    const end = await runEntry(api, actions, entry, category, isWanted);
    const isSkipped = skipped === entry.id;
    skipped = undefined;
    const spentMs = entry.spentMs + nowMs() - startedAtMs;
    set({ startedAtMs: undefined });
    changeEntries(isThis, () => ({
      outcome: outcomeOf(end, spentMs, isSkipped),
      // A run that has to start anew has no time behind it.
      spentMs: end.kind === 'interrupted' && end.step > 0 && !isSkipped ? spentMs : 0,
    }));
    if (end.kind === 'failed' && end.scope === 'category') {
      changeEntries(
        (other) => other.category === entry.category && other.outcome.state === 'waiting',
        () => ({ outcome: { state: 'failed', error: end.error } }),
      );
    }
    if (end.kind === 'failed' && end.scope === 'device') return 'stand';
    return end.kind === 'interrupted' && !isSkipped ? 'stand' : 'go on';
  };

  const work = async (): Promise<void> => {
    while (table().phase === 'running') {
      const entry = nextEntry(table());
      const category = entry && filesOf(table(), entry);
      if (!entry || !category) break;
      if ((await runNext(entry, category)) === 'stand') break;
    }
  };

  const addCategories = (categories: readonly Category[], skippedFiles: readonly SkippedFile[]): void => {
    const names = new Set(categories.map(({ name }) => name));
    const others = table().available.filter(({ name }) => !names.has(name));
    set({ available: [...others, ...categories], skippedFiles });
  };

  /** Stops what is under way, whatever that is: training, or decoding before it. */
  const stopUnderWay = async (): Promise<void> => {
    actions.dataset.cancelLoading();
    await until(api, ({ run, table }) => (run.task === undefined || !runningEntry(table) ? true : undefined));
    if (runningEntry(table()) && api.getState().run.status.phase === 'running') await actions.run.pause();
  };

  const start = async (): Promise<void> => {
    if (table().phase !== 'idle' || !nextEntry(table())) return;
    const { config } = api.getState().run;
    own = own && config === lent ? own : config;
    set({ phase: 'running' });
    await work();
    set({ phase: 'idle' });
    lent = api.getState().run.config;
    const { phase } = api.getState().run.status;
    // While there is a run that can go on, its settings stay, so that it may also go on by hand.
    if (phase !== 'paused' && phase !== 'running') actions.run.setConfig(own);
  };

  const pause = async (): Promise<void> => {
    if (table().phase === 'idle') return;
    set({ phase: 'pausing' });
    await stopUnderWay();
    await until(api, ({ table }) => (table.phase === 'idle' ? true : undefined));
  };

  return {
    restore: async () => {
      try {
        const stored = await tableStorage.read();
        if (stored === undefined || table().entries.length > 0) return;
        const { base, entries } = parseStoredTable(stored);
        set({ base, entries });
      } catch (thrown) {
        set({ notice: thrown instanceof ResiduaError ? thrown.toPlain() : notKept(thrown) });
      }
    },
    addFiles: (files) => {
      try {
        const { categories, skippedFiles } = scanFiles(files);
        addCategories(categories, skippedFiles);
        patch(api, 'dataset', { error: undefined });
      } catch (thrown) {
        patch(api, 'dataset', { error: asResiduaError(thrown).toPlain() });
      }
    },
    addCategories,
    plan: ({ categories, losses, seeds }) => {
      const { base: before, entries, available, phase } = table();
      const { config } = api.getState().run;
      // While the queue runs, the page's settings are those of the entry under way.
      const base = before && (phase !== 'idle' || sameBase(before, config)) ? before : config;
      const chosen = available.filter(({ name }) => categories.includes(name));
      const planned = planQueue({ categories: chosen, losses, seeds, base });
      set({ base, notice: undefined });
      setEntries(base === before ? mergePlans(entries, planned) : planned);
    },
    start,
    pause,
    skip: async (id) => {
      if (runningEntry(table())?.id === id) {
        skipped = id;
        await stopUnderWay();
      } else {
        changeEntries(
          (entry) => entry.id === id && entry.outcome.state === 'waiting',
          () => ({ outcome: { state: 'skipped', reason: 'Skipped.' } }),
        );
      }
    },
    retry: (id) =>
      changeEntries(
        (entry) =>
          (id === undefined || entry.id === id) &&
          (entry.outcome.state === 'failed' || entry.outcome.state === 'skipped'),
        () => ({ outcome: { state: 'waiting' }, spentMs: 0 }),
      ),
    remove: (id) =>
      setEntries(table().entries.filter((entry) => entry.id !== id || entry.outcome.state === 'running')),
    clear: async () => {
      await pause();
      set({ ...initialTable, available: table().available, skippedFiles: table().skippedFiles });
      keep();
    },
    estimate: (config) => estimateTable(training, config),
    dismissNotice: () => set({ notice: undefined }),
  };
};

/** The queue of Table II: plans it, runs it entry by entry, and stores it. */
import type { LossName, RunConfig } from '#core/config.ts';
import type { Category, SkippedFile } from '#core/dataset.ts';
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import { mergePlans, planQueue, sameBase } from '#core/table/plan-queue.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';
import type { DroppedFile } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import { hasKnownRoles, withRecalledRoles } from '../dataset/recalled-roles.ts';
import { until } from '../until.ts';
import { estimateTable, type TableCost } from './estimate-table.ts';
import type { QueuePolicy } from './queue-guard.ts';
import type { EntryEnd, QueueActions } from './run-entry.ts';
import { filesOf, initialTable, nextEntry, runningEntry, type TableState } from './state.ts';
import { parseStoredTable, storedTable } from './table-storage.ts';

/** The plan of a table: names of available categories, losses and seeds. */
export interface PlanRequest {
  readonly categories: readonly string[];
  readonly losses: readonly LossName[];
  readonly seeds: readonly number[];
}

/** Actions on the table. Only `plan` throws, and only `estimate` rejects. Other errors go to `table.notice` or to an entry. */
export interface TableActions {
  /** Restores the table of the last visit. To be called once, first. */
  restore(): Promise<void>;
  /** Adds the categories in these files; errors go to `dataset.error`. */
  addFiles(files: readonly DroppedFile[]): Promise<void>;
  /** Adds categories; each replaces an available category with the same name. */
  addCategories(categories: readonly Category[], skippedFiles: readonly SkippedFile[]): void;
  /** Adds runs to the table if it has the settings of the page; otherwise begins a new table. */
  plan(request: PlanRequest): void;
  /** Runs the waiting entries in order, or resumes after a pause. Resolves when the queue stops. */
  start(): Promise<void>;
  /** Pauses after the present step. The entry resumes later if its run still exists; otherwise it starts again. */
  pause(): Promise<void>;
  /** Skips an entry, and stops it if it is running. */
  skip(id: string): Promise<void>;
  /** Queues a failed or skipped entry again; without an id, all of them. */
  retry(id?: string): void;
  /** Removes an entry, unless it is running. */
  remove(id: string): void;
  /** Stops the queue and empties the table; the available categories stay. */
  clear(): Promise<void>;
  /**
   * Estimates the cost of the paper's table with these settings and MVTec AD's counts.
   * @throws ResiduaError (as rejection) if a run does not fit the device
   */
  estimate(config: RunConfig): Promise<TableCost>;
  dismissNotice(): void;
}

/** All are allowed, because they control the queue. */
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

const notStored = (cause: unknown): PlainError =>
  new ResiduaError(
    'internal',
    `The table cannot be stored in this browser: ${asResiduaError(cause).problem}`,
    'Export it before you close the page.',
  ).toPlain();

/** Returns the outcome of an ended entry. */
const outcomeOf = (end: EntryEnd, elapsedMs: number, isSkipped: boolean): EntryState => {
  if (end.kind === 'done') return { state: 'done', result: { ...end.result, elapsedMs } };
  if (end.kind === 'failed') return { state: 'failed', error: end.error };
  if (isSkipped) return { state: 'skipped', reason: 'Skipped.' };
  if (end.kind === 'stopped')
    return { state: 'skipped', reason: `Stopped by hand after epoch ${end.epoch}.` };
  return { state: 'waiting' };
};

/** The queue asks no questions. */
const rolesUnknown = ({ name }: Category): ResiduaError =>
  new ResiduaError(
    'not-a-category',
    `The layout of ${name} is not that of MVTec AD.`,
    'Open it on the bench once, and confirm which images are what.',
  );

/**
 * Creates the actions of the table slice.
 * @param actions the actions that the queue performs on the page
 */
export const createTableActions = (
  api: StateApi,
  actions: QueueActions,
  clients: Pick<
    Clients,
    'tableStorage' | 'nowMs' | 'openArchives' | 'scanFiles' | 'applyMapping' | 'openRoleMemory' | 'training'
  >,
): TableActions => {
  const { tableStorage, nowMs, scanFiles, training } = clients;
  const table = (): TableState => api.getState().table;
  const set = (change: Partial<TableState>): void => patch(api, 'table', change);
  let skipped: string | undefined;
  /** The user's settings, which are restored when the queue stops, and the settings after the last stop. */
  let userConfig: RunConfig | undefined;
  let queueConfig: RunConfig | undefined;

  let writing: Promise<void> = Promise.resolve();
  const store = (): void => {
    const { base, entries } = table();
    const stored = base && entries.length > 0 ? storedTable(base, entries) : undefined;
    writing = writing
      .then(() => tableStorage.write(stored))
      .catch((thrown: unknown) => set({ notice: notStored(thrown) }));
  };

  const setEntries = (entries: readonly QueueEntry[]): void => {
    set({ entries, ...(entries.length === 0 ? { base: undefined } : {}) });
    store();
  };
  const changeEntries = (
    isMeant: (entry: QueueEntry) => boolean,
    change: (entry: QueueEntry) => Partial<QueueEntry>,
  ): void =>
    setEntries(table().entries.map((entry) => (isMeant(entry) ? { ...entry, ...change(entry) } : entry)));

  const runNext = async (entry: QueueEntry, category: Category): Promise<'continue' | 'stop'> => {
    const isThis = ({ id }: QueueEntry): boolean => id === entry.id;
    const startedAtMs = nowMs();
    set({ startedAtMs });
    changeEntries(isThis, () => ({ outcome: { state: 'running' } }));
    const isWanted = (): boolean => table().phase === 'running' && skipped !== entry.id;
    const { runEntry } = await import('./run-entry.ts');
    const end = await runEntry(api, actions, entry, category, isWanted);
    const isSkipped = skipped === entry.id;
    skipped = undefined;
    const spentMs = entry.spentMs + nowMs() - startedAtMs;
    set({ startedAtMs: undefined });
    changeEntries(isThis, () => ({
      outcome: outcomeOf(end, spentMs, isSkipped),
      // The time of a run that must start again does not count.
      spentMs: end.kind === 'interrupted' && end.step > 0 && !isSkipped ? spentMs : 0,
    }));
    if (end.kind === 'failed' && end.scope === 'category') {
      changeEntries(
        (other) => other.category === entry.category && other.outcome.state === 'waiting',
        () => ({ outcome: { state: 'failed', error: end.error } }),
      );
    }
    if (end.kind === 'failed' && end.scope === 'device') return 'stop';
    return end.kind === 'interrupted' && !isSkipped ? 'stop' : 'continue';
  };

  const work = async (): Promise<void> => {
    while (table().phase === 'running') {
      const entry = nextEntry(table());
      const category = entry && filesOf(table(), entry);
      if (!entry || !category) break;
      if ((await runNext(entry, category)) === 'stop') break;
    }
  };

  const addCategories = (categories: readonly Category[], skippedFiles: readonly SkippedFile[]): void => {
    const known = categories.filter(hasKnownRoles);
    const unknown = categories.filter((category) => !hasKnownRoles(category));
    const refused = unknown.map((category) => ({
      path: category.name,
      reason: rolesUnknown(category).message,
    }));
    const names = new Set(known.map(({ name }) => name));
    const others = table().available.filter(({ name }) => !names.has(name));
    set({ available: [...others, ...known], skippedFiles: [...refused, ...skippedFiles] });
    const [first] = unknown;
    if (first && known.length === 0) patch(api, 'dataset', { error: rolesUnknown(first).toPlain() });
  };

  /** Stops the training, or the decoding before it. */
  const stopUnderWay = async (): Promise<void> => {
    actions.dataset.cancelLoading();
    await until(api, ({ run, table }) => (run.task === undefined || !runningEntry(table) ? true : undefined));
    if (runningEntry(table()) && api.getState().run.status.phase === 'running') await actions.run.pause();
  };

  const start = async (): Promise<void> => {
    if (table().phase !== 'idle' || !nextEntry(table())) return;
    const { config } = api.getState().run;
    userConfig = userConfig && config === queueConfig ? userConfig : config;
    set({ phase: 'running' });
    await work();
    set({ phase: 'idle' });
    queueConfig = api.getState().run.config;
    const { phase } = api.getState().run.status;
    // A paused run keeps its settings on the page: the user may resume it by hand.
    if (phase !== 'paused' && phase !== 'running') actions.run.setConfig(userConfig);
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
        set({ notice: thrown instanceof ResiduaError ? thrown.toPlain() : notStored(thrown) });
      }
    },
    addFiles: async (files) => {
      try {
        const never = new AbortController().signal;
        const opened = await clients.openArchives(files, () => undefined, never);
        const { categories, skippedFiles: outside } = await scanFiles(opened.files);
        const skippedFiles = [...opened.skippedFiles, ...outside];
        patch(api, 'dataset', { error: undefined });
        const recalled = categories.map((category) => withRecalledRoles(category, clients));
        addCategories(await Promise.all(recalled), skippedFiles);
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
      store();
    },
    estimate: (config) => estimateTable(training, config),
    dismissNotice: () => set({ notice: undefined }),
  };
};

/** The stored form of a table, and its parser. */
import * as v from 'valibot';
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { dataFactsSchema } from '#core/paper-differences/data-facts-schema.ts';
import { count, finite, intervalSchema, metricSchema, referenceFiguresSchema } from '#core/stored-schemas.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';
import { migrateSettings, readVersion, settingsVersion } from '#core/versions/settings-version.ts';

/** Storage of one table. Its methods reject if the browser has no storage. */
export interface TableStorage {
  /** Reads the last written value, or undefined. */
  read(): Promise<unknown>;
  write(table: StoredTable | undefined): Promise<void>;
}

/** A stored table: plain data, without files. */
export interface StoredTable {
  readonly version: typeof settingsVersion;
  readonly base: RunConfig;
  readonly entries: readonly QueueEntry[];
}

/** An entry whose run was ended by closing the page waits again. */
const withoutRunning = (outcome: EntryState): EntryState =>
  outcome.state === 'running' ? { state: 'waiting' } : outcome;

/** Returns the stored form of a table. */
export const storedTable = (base: RunConfig, entries: readonly QueueEntry[]): StoredTable => ({
  version: settingsVersion,
  base,
  entries: entries.map((entry) => ({ ...entry, outcome: withoutRunning(entry.outcome) })),
});

const outcomeSchema = v.variant('state', [
  v.object({ state: v.literal('waiting') }),
  v.object({ state: v.literal('running') }),
  v.object({
    state: v.literal('done'),
    result: v.object({
      imageAuroc: metricSchema,
      interval: intervalSchema,
      trainImages: count,
      testImages: count,
      unreadable: count,
      /** These three are absent in older tables. */
      data: v.optional(dataFactsSchema),
      microBatch: v.optional(count),
      references: v.optional(referenceFiguresSchema),
      epochs: count,
      elapsedMs: finite,
      device: v.string(),
    }),
  }),
  v.object({
    state: v.literal('failed'),
    error: v.object({ code: v.string(), problem: v.string(), remedy: v.string() }),
  }),
  v.object({ state: v.literal('skipped'), reason: v.string() }),
]);

/** A table of any version; the settings are checked after their migration. */
const tableSchema = v.object({
  base: v.unknown(),
  entries: v.array(
    v.object({
      id: v.pipe(v.string(), v.nonEmpty()),
      category: v.string(),
      imageCount: count,
      trainCount: count,
      config: v.unknown(),
      outcome: outcomeSchema,
    }),
  ),
});

const subject = 'The table of an earlier visit';

const unreadable = (problem: string): ResiduaError =>
  new ResiduaError(
    'import-invalid',
    `${subject} cannot be read: ${problem}`,
    'Plan it again, which replaces it.',
  );

const versionOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null || !('version' in value)) {
    throw unreadable('It is not a table.');
  }
  return readVersion(
    value.version,
    subject,
    'import-invalid',
    'Reload the page to update Residua. Planning a table before that replaces it.',
  );
};

/**
 * Parses a stored table, and migrates one of an older version. A run that was under way has lost its weights and starts
 * again.
 * @throws ResiduaError `import-invalid` if the value is no table, a newer version wrote it, or its settings are unknown
 */
export const parseStoredTable = (value: unknown): StoredTable => {
  const version = versionOf(value);
  const result = v.safeParse(tableSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw unreadable(`${v.getDotPath(issue) ?? 'It'} ${describeIssue(issue)}.`);
  }
  const settingsOf = (config: unknown, place: string): RunConfig => {
    try {
      return parseRunConfig(migrateSettings(config, version));
    } catch (thrown) {
      throw unreadable(`The settings of ${place} are unknown. ${asResiduaError(thrown).problem}`);
    }
  };
  const entries = result.output.entries.map((entry, index): QueueEntry => {
    const config = settingsOf(entry.config, `run ${index + 1}`);
    // The loss and the seed of an entry are those of its settings.
    const { loss, seed } = config;
    const outcome = withoutRunning(entry.outcome as EntryState);
    return { ...entry, loss, seed, config, outcome, spentMs: 0 };
  });
  return { version: settingsVersion, base: settingsOf(result.output.base, 'the table'), entries };
};

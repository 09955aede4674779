/** The stored form of a table, and its parser. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
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

/** Whether a value is a table, of any version, with unchecked settings. */
const isTable = (
  value: unknown,
): value is { readonly version: unknown; readonly base: unknown; readonly entries: readonly QueueEntry[] } =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  'base' in value &&
  'entries' in value &&
  Array.isArray(value.entries);

const subject = 'The table of an earlier visit';

const unreadable = (cause: unknown): ResiduaError =>
  new ResiduaError(
    'import-invalid',
    `${subject} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
    'Plan it again, which replaces it.',
    { cause },
  );

const versionOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null || !('version' in value)) {
    throw unreadable(new TypeError('It is not a table.'));
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
  const settingsOf = (config: unknown): RunConfig => parseRunConfig(migrateSettings(config, version));
  try {
    if (!isTable(value)) throw new TypeError('It is not a table.');
    const entries = value.entries.map((entry) => ({
      ...entry,
      config: settingsOf(entry.config),
      spentMs: 0,
    }));
    return { version: settingsVersion, base: settingsOf(value.base), entries };
  } catch (cause) {
    throw unreadable(cause);
  }
};

/** Keeping a table across visits: what is written, and how it is read again. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';
import { migrateSettings, readVersion, settingsVersion } from '#core/versions/settings-version.ts';

/** A place for one table. Its methods may reject where the browser keeps nothing. */
export interface TableStorage {
  /** What was last written, as it was, or undefined. */
  read(): Promise<unknown>;
  write(table: StoredTable | undefined): Promise<void>;
}

/** A table as it is kept: plain data, without files. */
export interface StoredTable {
  readonly version: typeof settingsVersion;
  readonly base: RunConfig;
  readonly entries: readonly QueueEntry[];
}

/** An entry whose run ended with the page waits again. */
const withoutRunning = (outcome: EntryState): EntryState =>
  outcome.state === 'running' ? { state: 'waiting' } : outcome;

/** A table to be kept. */
export const storedTable = (base: RunConfig, entries: readonly QueueEntry[]): StoredTable => ({
  version: settingsVersion,
  base,
  entries: entries.map((entry) => ({ ...entry, outcome: withoutRunning(entry.outcome) })),
});

/** A table of any version whose settings are not yet checked. */
const isKept = (
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
    'Plan it again. It is replaced when you do.',
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
    'Reload the page to update Residua. A table that you plan before that replaces it.',
  );
};

/**
 * Takes a table that was kept, and migrates one of an older version. A run that was under way has lost its weights: it
 * starts again.
 * @throws ResiduaError `import-invalid` if it is not one, a newer version wrote it, or its settings are not known
 */
export const parseStoredTable = (value: unknown): StoredTable => {
  const version = versionOf(value);
  const settingsOf = (config: unknown): RunConfig => parseRunConfig(migrateSettings(config, version));
  try {
    if (!isKept(value)) throw new TypeError('It is not a table.');
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

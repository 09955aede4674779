/** Keeping a table across visits: what is written, and how it is read again. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { EntryState, QueueEntry } from '#core/table/queue-entry.ts';

/** A place for one table. Its methods may reject where the browser keeps nothing. */
export interface TableStorage {
  /** What was last written, as it was, or undefined. */
  read(): Promise<unknown>;
  write(table: KeptTable | undefined): Promise<void>;
}

/** A table as it is kept: plain data, without files. */
export interface KeptTable {
  readonly version: 1;
  readonly base: RunConfig;
  readonly entries: readonly QueueEntry[];
}

/** An entry whose run ended with the page waits again. */
const withoutRunning = (outcome: EntryState): EntryState =>
  outcome.state === 'running' ? { state: 'waiting' } : outcome;

/** A table to be kept. */
export const keptTable = (base: RunConfig, entries: readonly QueueEntry[]): KeptTable => ({
  version: 1,
  base,
  entries: entries.map((entry) => ({ ...entry, outcome: withoutRunning(entry.outcome) })),
});

const isKept = (value: unknown): value is KeptTable =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  value.version === 1 &&
  'entries' in value &&
  Array.isArray(value.entries);

/**
 * Takes a table that was kept. A run that was under way has lost its weights: it starts anew.
 * @throws ResiduaError `import-invalid` where it is not one, or its settings are those of another version
 */
export const parseKeptTable = (value: unknown): KeptTable => {
  try {
    if (!isKept(value)) throw new TypeError('It is not a table.');
    const entries = value.entries.map((entry) => ({
      ...entry,
      config: parseRunConfig(entry.config),
      spentMs: 0,
    }));
    return { version: 1, base: parseRunConfig(value.base), entries };
  } catch (cause) {
    throw new ResiduaError(
      'import-invalid',
      `The table of an earlier visit cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      'Plan it again. It is replaced when you do.',
      { cause },
    );
  }
};

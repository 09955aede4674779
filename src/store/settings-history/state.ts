/** The user's changes of settings, for undo and redo: pure functions of a bounded history. */
import type { RunConfig } from '#core/config.ts';

/** The origin of a change: one control, or many settings at once. */
export type ChangeKind = 'setting' | 'preset' | 'link' | 'revert';

/** A change of settings, with their values before and after it. */
export interface SettingsChange {
  readonly kind: ChangeKind;
  /** Only the settings that differ. An import or the queue may have changed the others since, and undo keeps those. */
  readonly before: Partial<RunConfig>;
  readonly after: Partial<RunConfig>;
  /** When the change ended, on the clock of `performance.now`. */
  readonly atMs: number;
}

/** The changes to undo, oldest first, and to redo, next first. */
export interface SettingsHistory {
  readonly past: readonly SettingsChange[];
  readonly future: readonly SettingsChange[];
}

export const initialSettingsHistory: SettingsHistory = { past: [], future: [] };

/** Length of the history: more than anyone undoes one by one. */
export const mostChanges = 100;

/** Changes of a dragged setting within this time count as one: sliders send a value per frame, keys about every 30 ms. */
export const dragPauseMs = 1000;

/** Settings with sliders: a drag passes through values that nobody chose. */
const draggedSettings: ReadonlySet<string> = new Set<keyof RunConfig>([
  'dcWeight',
  'bandLow',
  'bandHigh',
  'weightCurve',
]);

const pick = (config: RunConfig, keys: readonly (keyof RunConfig)[]): Partial<RunConfig> =>
  Object.fromEntries(keys.map((key) => [key, config[key]]));

/** Returns the names of the changed settings. */
export const changedNames = ({ after }: Pick<SettingsChange, 'after'>): readonly (keyof RunConfig)[] =>
  Object.keys(after) as (keyof RunConfig)[];

/** Returns the change from one config to another; undefined if they are equal. */
export const changeBetween = (
  kind: ChangeKind,
  before: RunConfig,
  after: RunConfig,
  atMs: number,
): SettingsChange | undefined => {
  const keys = (Object.keys(after) as (keyof RunConfig)[]).filter((key) => before[key] !== after[key]);
  return keys.length > 0 ? { kind, before: pick(before, keys), after: pick(after, keys), atMs } : undefined;
};

const sameNames = (a: SettingsChange, b: SettingsChange): boolean => {
  const names = changedNames(a);
  return names.length === changedNames(b).length && names.every((name) => name in b.after);
};

const isSameDrag = (last: SettingsChange, next: SettingsChange): boolean =>
  last.kind === 'setting' &&
  next.kind === 'setting' &&
  next.atMs - last.atMs <= dragPauseMs &&
  sameNames(last, next) &&
  changedNames(next).every((name) => draggedSettings.has(name));

const changesNothing = ({ before, after }: SettingsChange): boolean =>
  changedNames({ after }).every((name) => before[name] === after[name]);

/** Returns the history after a change. Redo becomes impossible, and a continued drag extends its first change. */
export const recordChange = ({ past, future }: SettingsHistory, change: SettingsChange): SettingsHistory => {
  const last = past.at(-1);
  // An undone change separates two drags, however close they are.
  if (last && future.length === 0 && isSameDrag(last, change)) {
    const whole = { ...change, before: last.before };
    return { past: changesNothing(whole) ? past.slice(0, -1) : [...past.slice(0, -1), whole], future: [] };
  }
  return { past: [...past, change].slice(-mostChanges), future: [] };
};

/** Returns the history after an automatic revert of settings: their last change can no longer be undone. */
export const withoutLastChangeOf = (
  history: SettingsHistory,
  names: readonly (keyof RunConfig)[],
): SettingsHistory => {
  const index = history.past.findLastIndex((change) =>
    changedNames(change).every((name) => names.includes(name)),
  );
  return index < 0 ? history : { ...history, past: history.past.toSpliced(index, 1) };
};

/** Returns the history after undoing its last change. */
export const withUndone = (history: SettingsHistory): SettingsHistory => {
  const last = history.past.at(-1);
  return last ? { past: history.past.slice(0, -1), future: [last, ...history.future] } : history;
};

/** Returns the history after redoing the last undone change. */
export const withRedone = (history: SettingsHistory): SettingsHistory => {
  const [next, ...future] = history.future;
  return next ? { past: [...history.past, next], future } : history;
};

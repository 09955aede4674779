/** The user's changes of settings, so that each can be taken back: pure functions of a bounded history. */
import type { RunConfig } from '#core/config.ts';

/** How a change was made: by one control, or of many settings at once. */
export type ChangeKind = 'setting' | 'preset' | 'link' | 'revert';

/** A change of some settings: their values before and after it. */
export interface SettingsChange {
  readonly kind: ChangeKind;
  /** Only settings that differ; the others may since have been changed by an import or the queue, and stay. */
  readonly before: Partial<RunConfig>;
  readonly after: Partial<RunConfig>;
  /** When it ended, on the clock of `performance.now`. */
  readonly atMs: number;
}

/** What can be undone, oldest first, and what can be redone, next first. */
export interface SettingsHistory {
  readonly past: readonly SettingsChange[];
  readonly future: readonly SettingsChange[];
}

export const initialSettingsHistory: SettingsHistory = { past: [], future: [] };

/** Changes that are kept: more than anyone takes back one by one. */
export const mostChanges = 100;

/** Two changes of a dragged setting closer than this are one: sliders send a value at each frame, keys at some 30 ms. */
export const dragPauseMs = 1000;

/** Settings that are dragged: they pass through values that nobody chose. */
const draggedSettings: ReadonlySet<string> = new Set<keyof RunConfig>([
  'dcWeight',
  'bandLow',
  'bandHigh',
  'weightCurve',
]);

const pick = (config: RunConfig, keys: readonly (keyof RunConfig)[]): Partial<RunConfig> =>
  Object.fromEntries(keys.map((key) => [key, config[key]]));

/** The names of the settings that a change is about. */
export const changedNames = ({ after }: Pick<SettingsChange, 'after'>): readonly (keyof RunConfig)[] =>
  Object.keys(after) as (keyof RunConfig)[];

/** The change that leads from one config to another; undefined where they are equal. */
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

/** The history after a change: what had been undone is gone; a drag that goes on is one change with its beginning. */
export const recordChange = ({ past, future }: SettingsHistory, change: SettingsChange): SettingsHistory => {
  const last = past.at(-1);
  // What was undone separates two drags, however close they are.
  if (last && future.length === 0 && isSameDrag(last, change)) {
    const whole = { ...change, before: last.before };
    return { past: changesNothing(whole) ? past.slice(0, -1) : [...past.slice(0, -1), whole], future: [] };
  }
  return { past: [...past, change].slice(-mostChanges), future: [] };
};

/** The history once settings went back by themselves: their last change is no longer there to be undone. */
export const withoutLastChangeOf = (
  history: SettingsHistory,
  names: readonly (keyof RunConfig)[],
): SettingsHistory => {
  const index = history.past.findLastIndex((change) =>
    changedNames(change).every((name) => names.includes(name)),
  );
  return index < 0 ? history : { ...history, past: history.past.toSpliced(index, 1) };
};

/** The history once its last change is undone. */
export const withUndone = (history: SettingsHistory): SettingsHistory => {
  const last = history.past.at(-1);
  return last ? { past: history.past.slice(0, -1), future: [last, ...history.future] } : history;
};

/** The history once the change that was undone last is made again. */
export const withRedone = (history: SettingsHistory): SettingsHistory => {
  const [next, ...future] = history.future;
  return next ? { past: [...history.past, next], future } : history;
};

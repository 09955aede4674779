/** The drawn weight as control points: what it is, and changes of it that can be undone. */
import { useMemo, useState } from 'react';
import { formatWeightCurve, parseWeightCurve } from '#core/frequency-weight/weight-curve.ts';
import { presets } from '#core/presets.ts';
import { useSetting } from '../use-setting.ts';
import type { Points } from './curve-edits.ts';

/** Curves to go back to. */
const longestPast = 50;

export interface Curve {
  readonly points: Points;
  /** Why it cannot be changed now; undefined where it can. */
  readonly blocked: string | undefined;
  /** Why the last change was refused; undefined where it was taken. */
  readonly refusal: string | undefined;
  /** Takes points over. `same` changes go with the one before: undo takes them back together. */
  readonly change: (points: Points, same?: boolean) => void;
  /** Takes a curve over as text. */
  readonly start: (text: string) => void;
  readonly reset: () => void;
  /** Back to the curve before the last change; undefined where there is none. */
  readonly undo: (() => void) | undefined;
}

export const useCurve = (): Curve => {
  const { value, blocked, choose, refusal } = useSetting('weightCurve');
  const [past, setPast] = useState<readonly string[]>([]);
  const points = useMemo(() => parseWeightCurve(value), [value]);

  const start = (text: string, same = false): void => {
    if (text === value) return;
    if (choose(text) && !same) setPast([...past, value].slice(-longestPast));
  };
  const before = past.at(-1);
  return {
    points,
    blocked,
    refusal,
    change: (next, same) => start(formatWeightCurve(next), same),
    start,
    reset: () => start(presets.recommended.weightCurve),
    undo:
      before === undefined || blocked !== undefined
        ? undefined
        : () => {
            if (choose(before)) setPast(past.slice(0, -1));
          },
  };
};

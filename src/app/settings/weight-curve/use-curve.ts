/** The drawn weight as control points, with changes that can be undone. */
import { useMemo, useState } from 'react';
import { formatWeightCurve, parseWeightCurve } from '#core/frequency-weight/weight-curve.ts';
import { presets } from '#core/presets.ts';
import { useSetting } from '../use-setting.ts';
import type { Points } from './curve-edits.ts';

/** The most changes that can be undone. */
const longestPast = 50;

export interface Curve {
  readonly points: Points;
  /** Why it is locked now; undefined if it is not. */
  readonly blocked: string | undefined;
  /** Why the last change was refused; undefined if it was accepted. */
  readonly refusal: string | undefined;
  /** Sets the points. A `same` change belongs to the previous change: one undo reverts both. */
  readonly change: (points: Points, same?: boolean) => void;
  /** Sets the curve from text. */
  readonly start: (text: string) => void;
  readonly reset: () => void;
  /** Restores the curve before the last change; undefined if there is none. */
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

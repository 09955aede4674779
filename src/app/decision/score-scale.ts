/** The score axis, which the histogram and the threshold share. */

import type { ScoreBins } from '../plot/score-bins.ts';
import { evenTicks, logAxis } from '../plot/ticks.ts';

/** An axis of scores, linear or logarithmic; a share is 0 at its lower and 1 at its upper end. */
export interface ScoreScale {
  readonly logarithmic: boolean;
  readonly lower: number;
  /** Above all scores: a threshold here flags no image. */
  readonly upper: number;
  readonly ticks: readonly number[];
  /** Share of a score, clamped to [0, 1]. */
  readonly toShare: (score: number) => number;
  /** Score at a share, which is clamped to [0, 1]. */
  readonly fromShare: (share: number) => number;
}

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** The axis of a histogram, extended by one bin width at each end; undefined without bins. */
export const scoreScale = ({ bins, logarithmic }: ScoreBins): ScoreScale | undefined => {
  const first = bins[0];
  const last = bins.at(-1);
  if (!first || !last) return undefined;
  const forward = logarithmic ? Math.log : (value: number) => value;
  const back = logarithmic ? Math.exp : (value: number) => value;
  const span = forward(last.upper) - forward(first.lower);
  // If all scores are equal, the axis is as wide as that score: the threshold can still pass it.
  const margin = span > 0 ? span / bins.length : 0.5 * Math.max(Math.abs(forward(last.upper)), 1e-6);
  const from = forward(first.lower) - margin;
  const to = forward(last.upper) + margin;
  const lower = back(from);
  const upper = back(to);
  const ticks = logarithmic ? logAxis([lower, upper]).ticks : evenTicks(lower, upper);
  return {
    logarithmic,
    lower,
    upper,
    ticks: ticks.filter((tick) => tick >= lower && tick <= upper),
    toShare: (score) => {
      if (score >= upper) return 1;
      return score <= lower ? 0 : within((forward(score) - from) / (to - from));
    },
    fromShare: (share) => {
      if (share >= 1) return upper;
      return share <= 0 ? lower : back(from + share * (to - from));
    },
  };
};

/** At most `room` ticks, evenly chosen. */
export const thinTicks = (ticks: readonly number[], room: number): readonly number[] => {
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(1, room)));
  return ticks.filter((_, index) => index % every === 0);
};

/** The lecture: a script of states that fills the screen, one step after the other. */

import type { RunConfig } from '#core/config.ts';
import type { PastEvaluation } from '#core/history.ts';
import type { LectureStep } from '#core/lecture-link.ts';

export type { LectureStep } from '#core/lecture-link.ts';

export interface MissingRun {
  readonly id: string;
  /** Its settings, which are those of the link. */
  readonly config: RunConfig;
}

export interface LectureState {
  readonly steps: readonly LectureStep[];
  /** Index of the shown step, or of the last shown one. */
  readonly position: number;
  /** Whether the lecture fills the screen. */
  readonly running: boolean;
  /** Whether the steps came with a link and were not started yet. */
  readonly offered: boolean;
  /** The run that the opened link names, if it is not in this browser. */
  readonly missingRun: MissingRun | undefined;
}

export const initialLecture: LectureState = {
  steps: [],
  position: 0,
  running: false,
  offered: false,
  missingRun: undefined,
};

/** What the lecture shows without a script. */
export const firstPanels: LectureStep['panels'] = ['reconstruction', 'spectrum-difference'];

/** Returns the shown step; undefined without a script. */
export const shownStep = ({ steps, position }: LectureState): LectureStep | undefined => steps[position];

/**
 * Returns the evaluation to show for an epoch: the last one up to it, or the first of all.
 * @param evaluations those whose reconstructions are held, in order
 */
export const evaluationAt = (
  evaluations: readonly PastEvaluation[],
  epoch: number,
): PastEvaluation | undefined => evaluations.findLast((past) => past.epoch <= epoch) ?? evaluations[0];

/** The phases of a run as a pure state machine: commands of the user, and facts that the trainer reports. */
import type { RunPhase } from '#core/training-events.ts';

export const phaseEvents = [
  // Commands; the trainer is at rest at `step` and `stop`, since both pause first.
  'start',
  'step',
  'stop',
  // A finished run trains on, with more epochs.
  'continue',
  // Facts: the training or the final evaluation was interrupted, or a single step is done.
  'paused',
  // The final evaluation is done.
  'finished',
  // The past of an imported run was adopted.
  'imported',
  // The state of a checkpoint was loaded into an unfinished run.
  'resumed',
  // A loss or reconstruction is not finite.
  'diverged',
  // Anything else was thrown.
  'failed',
] as const;

export type PhaseEvent = (typeof phaseEvents)[number];

/** The trainer's action when it enters a phase. */
export type PhaseEffect = 'train' | 'take-step' | 'evaluate-and-finish' | 'restore-last-good-state';

export interface Transition {
  readonly phase: RunPhase;
  readonly effect?: PhaseEffect;
}

const failures = {
  diverged: { phase: 'failed', effect: 'restore-last-good-state' },
  failed: { phase: 'failed' },
} as const;

const commands = {
  start: { phase: 'running', effect: 'train' },
  step: { phase: 'running', effect: 'take-step' },
} as const;

const transitions: Readonly<Record<RunPhase, { readonly [E in PhaseEvent]?: Transition }>> = {
  idle: { ...commands, imported: { phase: 'finished' }, resumed: { phase: 'paused' }, ...failures },
  running: { paused: { phase: 'paused' }, finished: { phase: 'finished' }, ...failures },
  paused: {
    ...commands,
    stop: { phase: 'paused', effect: 'evaluate-and-finish' },
    paused: { phase: 'paused' },
    finished: { phase: 'finished' },
    ...failures,
  },
  finished: { continue: commands.start, ...failures },
  failed: failures,
};

/** The next phase and its effect; undefined if this phase ignores the event. */
export const transition = (phase: RunPhase, event: PhaseEvent): Transition | undefined =>
  transitions[phase][event];

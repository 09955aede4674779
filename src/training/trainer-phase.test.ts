import { expect, it } from 'vitest';
import type { RunPhase } from '#core/training-events.ts';
import { phaseEvents, transition } from './trainer-phase.ts';

/** A row per event, a column per phase; "-" is an ignored event, "+" precedes the effect. */
const expected = {
  //         idle                 running   paused                       finished  failed
  start: ['running +train', '-', 'running +train', '-', '-'],
  step: ['running +take-step', '-', 'running +take-step', '-', '-'],
  stop: ['-', '-', 'paused +evaluate-and-finish', '-', '-'],
  continue: ['-', '-', '-', 'running +train', '-'],
  paused: ['-', 'paused', 'paused', '-', '-'],
  finished: ['-', 'finished', 'finished', '-', '-'],
  imported: ['finished', '-', '-', '-', '-'],
  resumed: ['paused', '-', '-', '-', '-'],
  diverged: Array.from({ length: 5 }, () => 'failed +restore-last-good-state'),
  failed: Array.from({ length: 5 }, () => 'failed'),
};
const phases: readonly RunPhase[] = ['idle', 'running', 'paused', 'finished', 'failed'];

it.each(
  phaseEvents.flatMap((event) =>
    phases.map((phase, column) => [phase, event, expected[event][column]] as const),
  ),
)('takes %s by %s to %s', (phase, event, to) => {
  const next = transition(phase, event);
  expect(next ? [next.phase, next.effect && `+${next.effect}`].filter(Boolean).join(' ') : '-').toBe(to);
});

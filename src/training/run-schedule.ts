/** Determines the steps at which epochs end, evaluations are made, and the run ends. */
import type { RunConfig } from '#core/config.ts';

/** Steps count from 1; 0 is before the first. */
export class RunSchedule {
  private readonly evaluationEvery: number;
  /** Number of steps in the whole run. */
  readonly steps: number;

  /** @param stepsPerEpoch at least 1 */
  constructor(
    { epochs, evaluateEvery }: Pick<RunConfig, 'epochs' | 'evaluateEvery'>,
    private readonly stepsPerEpoch: number,
  ) {
    this.steps = epochs * stepsPerEpoch;
    this.evaluationEvery = evaluateEvery * stepsPerEpoch;
  }

  /** Steps to the next evaluation; 0 at the end of the run. */
  toEvaluation(step: number): number {
    return Math.min(this.evaluationEvery - (step % this.evaluationEvery), this.steps - step);
  }

  /** Steps to the end of the next epoch. */
  toEpochEnd(step: number): number {
    return this.stepsPerEpoch - (step % this.stepsPerEpoch);
  }

  isEvaluated(step: number): boolean {
    return step % this.evaluationEvery === 0;
  }

  endsEpoch(step: number): boolean {
    return step % this.stepsPerEpoch === 0;
  }
}

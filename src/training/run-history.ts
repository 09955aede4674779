/** All losses, evaluations and spectra of a run so far. */
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Evaluation, History, SpectrumRecord, StepRecord } from '#core/history.ts';
import { type ChangeableValues, type RunChange, withRunChanges } from '#core/run-change.ts';
import type { StepReport } from './loss-log.ts';

/** A step that ends a run. */
export interface BadStep extends StepRecord {
  readonly refused: boolean;
}

/** The history of a run in progress: it grows, and its last evaluation may be replaced. */
export class RunHistory implements History {
  readonly steps: StepRecord[] = [];
  readonly evaluations: Evaluation[] = [];
  readonly spectra: SpectrumRecord[] = [];
  changes: readonly RunChange[] = [];

  /** @param stepsPerEpoch at least 1 */
  constructor(private readonly stepsPerEpoch: number) {}

  /** Number of whole epochs up to a step. */
  epochAt(step: number): number {
    return Math.floor(step / this.stepsPerEpoch);
  }

  /**
   * Records the losses of the last steps, up to the first bad one: a refused step, unless these are skipped, or one whose loss is not
   * finite. A skipped step leaves a gap.
   * @param last the step of the last of these reports
   * @param nonFiniteStep as in `RunConfig`
   * @returns the recorded losses, and the bad step if any
   */
  addLosses(
    reports: readonly StepReport[],
    last: number,
    nonFiniteStep: RunConfig['nonFiniteStep'],
  ): { readonly good: readonly StepRecord[]; readonly bad: BadStep | undefined } {
    const first = last - reports.length + 1;
    const records = reports
      .map((values, i) => ({
        step: first + i,
        epoch: Math.ceil((first + i) / this.stepsPerEpoch),
        ...values,
      }))
      .filter(({ refused }) => !(refused && nonFiniteStep === 'skip'));
    const bad = records.findIndex(
      ({ loss, objective = loss, refused }) =>
        refused || !(Number.isFinite(loss) && Number.isFinite(objective)),
    );
    const good = (bad < 0 ? records : records.slice(0, bad)).map(({ refused: _, ...record }) => record);
    this.steps.push(...good);
    return { good, bad: records[bad] };
  }

  /** Adds an evaluation; it replaces one of the same step. */
  addEvaluation(evaluation: Evaluation): void {
    if (this.evaluations.at(-1)?.step === evaluation.step) this.evaluations.pop();
    this.evaluations.push(evaluation);
  }

  /** Replaces an evaluation by one of the same step; does nothing if there is none. */
  replaceEvaluation(evaluation: Evaluation): void {
    const at = this.evaluations.findIndex(({ step }) => step === evaluation.step);
    if (at >= 0) this.evaluations[at] = evaluation;
  }

  /** Notes a change of settings after this many steps. */
  addChanges(before: RunConfig, after: ChangeableValues, step: number): void {
    this.changes = withRunChanges(this.changes, before, after, step);
  }

  /** Adopts the past of another run. */
  adopt({ steps, evaluations, spectra, changes = [] }: History): void {
    // A long run has more steps than a call can have arguments.
    for (const step of steps) this.steps.push(step);
    this.evaluations.push(...evaluations);
    this.spectra.push(...spectra);
    this.changes = changes;
  }
}

/** @param keptStep the step of the weights that the run returns to */
export const nonFiniteLoss = (
  { step, epoch, loss, objective = loss }: BadStep,
  keptStep: number,
): ResiduaError => {
  const value = Number.isFinite(loss) ? objective : loss;
  const what = Number.isFinite(value)
    ? `A gradient became infinite, NaN, or 2^63 or more, with the loss ${value.toPrecision(4)},`
    : `The loss became ${value}`;
  return new ResiduaError(
    'non-finite-loss',
    `${what} at step ${step} (epoch ${epoch}).`,
    `The weights are back at step ${keptStep}, the last evaluation. Lower the learning rate, or skip such steps, and train again.`,
  );
};

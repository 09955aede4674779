/** All losses, evaluations and spectra of a run so far. */
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { Evaluation, History, SpectrumRecord, StepLosses, StepRecord } from '#core/history.ts';
import { type ChangeableValues, type RunChange, withRunChanges } from '#core/run-change.ts';

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
   * Records the losses of the last steps, up to the first non-finite one.
   * @param last the step of the last of these losses
   * @returns the recorded losses, and the non-finite one if any
   */
  addLosses(
    losses: readonly StepLosses[],
    last: number,
  ): { readonly good: readonly StepRecord[]; readonly bad: StepRecord | undefined } {
    const first = last - losses.length + 1;
    const records = losses.map((values, i) => ({
      step: first + i,
      epoch: Math.ceil((first + i) / this.stepsPerEpoch),
      ...values,
    }));
    const bad = records.findIndex(
      ({ loss, objective = loss }) => !(Number.isFinite(loss) && Number.isFinite(objective)),
    );
    const good = bad < 0 ? records : records.slice(0, bad);
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
export const nonFiniteLoss = ({ step, epoch, loss }: StepRecord, keptStep: number): ResiduaError =>
  new ResiduaError(
    'non-finite-loss',
    `The loss became ${loss} at step ${step} (epoch ${epoch}).`,
    `The weights are back at step ${keptStep}, the last evaluation. Lower the learning rate and train again.`,
  );

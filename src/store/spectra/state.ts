/** The spectra of the test set's residual at the held evaluations, for those who look at them. */
import type { PlainError } from '#core/errors.ts';
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';

export interface SpectraState {
  /** The spectra by their evaluation's key (`spectraKey`); empty at the start of a run. */
  readonly known: Readonly<Record<string, TestSpectra>>;
  /** Key of the evaluation whose spectra are being computed; undefined if none are. */
  readonly underWay: string | undefined;
  readonly error: PlainError | undefined;
}

export const initialSpectra: SpectraState = { known: {}, underWay: undefined, error: undefined };

/**
 * Key of an evaluation's spectra. Another batch-norm mode reconstructs the same step again.
 * @param contestant place in the race; 0 is the present run
 */
export const spectraKey = (contestant: number, step: number, batchNorm: string | undefined): string =>
  `${contestant} ${step} ${batchNorm ?? ''}`;

/** The weight of the current step and the final one, during a curriculum. */
import { useMemo } from 'react';
import { curriculumExponent, curriculumWeight, hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { signedFrequency } from '#core/spectrum/signed-frequency.ts';
import type { AppState } from '#store/app-state.ts';
import { useApp } from '../store-context.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';

/**
 * Takes negative column frequencies from one map and the others from another: the left and right half after shifting.
 * Weights are symmetric, so each half shows its whole map.
 * @param left @param right [side, side] row-major, unshifted
 * @returns [side, side] row-major, unshifted
 */
export const halfAndHalf = (left: Float32Array, right: Float32Array, side: number): Float32Array =>
  right.map((value, at) => (signedFrequency(at % side, side) < 0 ? left[at] : value));

/** The exponent is rounded to the two digits that are shown, to limit how often the weight is recomputed. */
const digits = 100;

/** The exponent of the current step's weight; 1 for the final weight. */
const selectExponent = ({ run: { config, configured, status } }: AppState): number => {
  if (!hasCurriculum(config)) return 1;
  const isOfRun = configured?.curriculum === config.curriculum && configured.epochs === config.epochs;
  if (!isOfRun || status.step === 0) return 1;
  const exponent = curriculumExponent(status.step, config.epochs * status.stepsPerEpoch, config.curriculum);
  return Math.max(1, Math.round(digits * exponent)) / digits;
};

export interface StepWeight {
  /** [side, side] row-major, unshifted; undefined while its mean spectrum is missing. */
  readonly final: Float32Array | undefined;
  /** The weight of the current step; undefined if it is the final one. */
  readonly present: Float32Array | undefined;
  /** Exponent of the current step's weight, 0.01 to 1. */
  readonly exponent: number;
  /** Why there is no weight. */
  readonly missing: string;
}

export const useStepWeight = (side: number): StepWeight => {
  const { values: final, missing } = useFrequencyWeight(side);
  const exponent = useApp(selectExponent);
  const dcWeight = useApp((state) => state.run.config.dcWeight);
  const present = useMemo(
    () => (final && exponent < 1 ? curriculumWeight(final, exponent, dcWeight) : undefined),
    [final, exponent, dcWeight],
  );
  return { final, present, exponent, missing };
};

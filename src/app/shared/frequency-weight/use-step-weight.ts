/** The weight of the present step beside the final one, while a curriculum lets it grow. */
import { useMemo } from 'react';
import { curriculumExponent, curriculumWeight, hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { signedFrequency } from '#core/spectrum/signed-frequency.ts';
import type { AppState } from '#store/app-state.ts';
import { useApp } from '../store-context.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';

/**
 * A map whose negative column frequencies are those of one map, and the others those of another: its left and right half,
 * once shifted. Weights are the same at a frequency and at its mirror image, so each half shows all of its map.
 * @param left @param right [side, side] row-major, unshifted
 * @returns [side, side] row-major, unshifted
 */
export const halfAndHalf = (left: Float32Array, right: Float32Array, side: number): Float32Array =>
  right.map((value, at) => (signedFrequency(at % side, side) < 0 ? left[at] : value));

/** The exponent is shown with two digits, so that the weight is computed again only if they change. */
const digits = 100;

/** The exponent of the weight in the present step; 1 if that is the final weight. */
const selectExponent = ({ run: { config, configured, status } }: AppState): number => {
  if (!hasCurriculum(config)) return 1;
  const isOfRun = configured?.curriculum === config.curriculum && configured.epochs === config.epochs;
  if (!isOfRun || status.step === 0) return 1;
  const exponent = curriculumExponent(status.step, config.epochs * status.stepsPerEpoch, config.curriculum);
  return Math.max(1, Math.round(digits * exponent)) / digits;
};

export interface StepWeight {
  /** [side, side] row-major, unshifted; undefined while the mean spectrum that it follows from is missing. */
  readonly final: Float32Array | undefined;
  /** The same of the present step; undefined if that is the final one. */
  readonly present: Float32Array | undefined;
  /** Exponent of the present step's weight, 0.01 to 1. */
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

/** The weight of the present step beside the final one, while a curriculum lets it grow. */
import { useMemo } from 'react';
import { curriculumExponent, curriculumWeight, hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import type { AppState } from '#store/app-state.ts';
import { useApp } from '../store-context.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';

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

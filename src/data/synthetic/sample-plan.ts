/** The samples of the sample category by index: 128 training images, 24 good test images and 8 of each defect. */
import type { Split } from '#core/dataset.ts';
import { type DefectType, defectTypes } from './defects.ts';

/** One sample of the plan. */
export interface PlannedSample {
  readonly split: Split;
  /** Undefined if the sample is good. */
  readonly defect: DefectType | undefined;
  /** Counts from 0 within its folder. */
  readonly number: number;
}

const trainingCount = 128;
const goodTestCount = 24;
const countPerDefect = 8;

const repeat = (count: number, split: Split, defect: DefectType | undefined): readonly PlannedSample[] =>
  Array.from({ length: count }, (_, number) => ({ split, defect, number }));

/** The samples by index. */
export const samplePlan: readonly PlannedSample[] = [
  ...repeat(trainingCount, 'train', undefined),
  ...repeat(goodTestCount, 'test', undefined),
  ...defectTypes.flatMap((defect) => repeat(countPerDefect, 'test', defect)),
];

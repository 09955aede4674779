/** Growth of the time of a training step with the batch and with the side of the images. */
import { type BenchRow, benchRow } from '../../bench-row.ts';
import { measure } from '../../measure.ts';
import { type CurvePoint, logLogSlope } from '../../statistics.ts';
import { createStep, type StepSize } from '../../step.ts';
import { stepOperations } from '../../step-operations.ts';
import type { BenchCase, BenchContext } from '../bench-case.ts';

interface Growth {
  /** `step-batch` produces the rows `step-batch-1` to `step-batch-16` and `step-batch-slope`. */
  readonly name: string;
  /** The growing quantity. */
  readonly values: readonly number[];
  /** The largest value of a quick bench. */
  readonly quickMost: number;
  readonly sizeOf: (value: number) => StepSize;
}

const growths: readonly Growth[] = [
  {
    name: 'step-batch',
    values: [1, 2, 4, 8, 16],
    quickMost: 4,
    sizeOf: (batch) => ({ side: 64, batch, width: 1 }),
  },
  {
    name: 'step-side',
    values: [32, 64, 128, 256],
    quickMost: 64,
    sizeOf: (side) => ({ side, batch: 1, width: 1 }),
  },
];

const measureGrowth = async (
  { name, values, quickMost, sizeOf }: Growth,
  { settings: { quick }, timing, peaks }: BenchContext,
): Promise<BenchRow[]> => {
  const points: CurvePoint[] = [];
  const rows: BenchRow[] = [];
  for (const value of values.filter((candidate) => !quick || candidate <= quickMost)) {
    const size = sizeOf(value);
    const training = createStep(size);
    try {
      const [timed] = await measure([{ call: training.step }], timing);
      const { medianMs } = timed!;
      points.push({ x: value, y: medianMs });
      const operations = stepOperations(size.side, size.batch, size.width);
      rows.push(benchRow({ id: `${name}-${value}`, medianMs, gflops: operations / medianMs / 1e6 }, peaks));
    } finally {
      training.dispose();
    }
  }
  const slope = benchRow(
    { id: `${name}-slope`, baseline: 'ratio is the slope on log axes', ratio: logLogSlope(points) },
    {},
  );
  return [...rows, slope];
};

/** One case per axis: a slope of 1 in the batch and of 2 in the side means time proportional to the pixels. */
export const growthCases: readonly BenchCase[] = growths.map((growth) => ({
  ids: [`${growth.name}-slope`],
  run: (context) => measureGrowth(growth, context),
}));

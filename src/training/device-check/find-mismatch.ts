/** Compares a training step of two devices. */
import type { NamedArray } from '#model/named-weights.ts';

/** The result of one training step. */
export interface StepOutcome {
  readonly loss: number;
  /** Weights and running averages after the step. */
  readonly after: readonly NamedArray[];
}

/** The same, with the weights before the step. */
export interface StepReference extends StepOutcome {
  readonly before: readonly NamedArray[];
}

/** A quantity that differs between the devices. */
export interface Mismatch {
  /** Its name, to be followed by a verb in the singular. */
  readonly quantity: string;
  readonly onDevice: number;
  readonly onProcessor: number;
}

/**
 * The largest relative deviation of the loss, and of the change of a tensor in the Euclidean norm. Each of some twenty layers sums up
 * to 576 products, which errs by about sqrt(576 / 3) 2^-24; all together by 2^-18. If every pixel errs by that, a tensor's change
 * moves by 1e-4, or by 0.007 if a value crosses 0 at a ReLU, and the loss by 1e-6 (`test-step.test.ts`). A kernel whose results are a
 * quarter too large exceeds these tolerances (`device-fault.gpu.test.ts`).
 */
export const tolerances = { loss: 2 ** -12, change: 2 ** -4 } as const;

const floatRounding = 2 ** -23;

const exceeds = (deviation: number, tolerance: number): boolean => !(deviation <= tolerance);

const norm = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Index of the largest magnitude, or of the first value that is not finite. */
const largestIndex = (values: Float64Array): number => {
  const notFinite = values.findIndex((value) => !Number.isFinite(value));
  if (notFinite >= 0) return notFinite;
  return values.reduce((at, value, index) => (Math.abs(value) > Math.abs(values[at]!) ? index : at), 0);
};

/** Finds the first quantity of a device's step that deviates from the processor's; undefined if none does. */
export const findMismatch = (device: StepOutcome, processor: StepReference): Mismatch | undefined => {
  if (exceeds(Math.abs(device.loss / processor.loss - 1), tolerances.loss))
    return { quantity: 'the loss', onDevice: device.loss, onProcessor: processor.loss };
  for (const [place, { name, values: expected }] of processor.after.entries()) {
    const before = processor.before[place]!.values;
    const actual = device.after[place]!.values;
    const deviation = Float64Array.from(expected, (value, index) => actual[index]! - value);
    const change = Float64Array.from(expected, (value, index) => value - before[index]!);
    const rounding = floatRounding * norm(Float64Array.from(expected));
    if (!exceeds(norm(deviation), tolerances.change * norm(change) + rounding)) continue;
    const index = largestIndex(deviation);
    return {
      quantity: `the change of ${name}[${index}]`,
      onDevice: actual[index]! - before[index]!,
      onProcessor: change[index]!,
    };
  }
  return undefined;
};

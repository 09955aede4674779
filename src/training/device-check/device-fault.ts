/** Checks the active graphics device by one training step, which the processor computes too. */
import { canRunProcessor } from '#engine/cpu/open-processor.ts';
import { findMismatch, type StepOutcome } from './find-mismatch.ts';
import { stepOnDevice, stepOnProcessor } from './test-step.ts';

/** Enough digits to show a difference above the tolerances. */
const inDigits = (value: number): string => (Number.isFinite(value) ? value.toPrecision(6) : String(value));

/**
 * Finds a fault of the active graphics device.
 * @returns a sentence, with the value of each device if they differ; undefined if they agree, or if the browser cannot run the
 *   processor, to which nothing is compared then
 */
export const deviceFault = async (): Promise<string | undefined> => {
  if (!canRunProcessor()) return undefined;
  const reference = await stepOnProcessor();
  let outcome: StepOutcome;
  try {
    outcome = await stepOnDevice();
  } catch (thrown) {
    return `It failed in a test step: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
  }
  const mismatch = findMismatch(outcome, reference);
  if (!mismatch) return undefined;
  const { quantity, onDevice, onProcessor } = mismatch;
  return `In a test step, ${quantity} is ${inDigits(onDevice)} on it, but ${inDigits(onProcessor)} on the processor.`;
};

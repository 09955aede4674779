/** Checks that the parts of an exported run's metadata agree with each other. */
import { invalidRun } from './exported-model.ts';
import type { RunMetadata } from './run-files.ts';

/** The index of the first value that is not larger than the one before; -1 if all are. */
const firstDescent = (values: readonly number[]): number =>
  values.findIndex((value, index) => index > 0 && value <= values[index - 1]!);

const requireEqual = (field: string, value: unknown, setting: string, expected: unknown): void => {
  if (value === expected) return;
  throw invalidRun(
    `In the file model.json, ${field} is ${JSON.stringify(value)}, but config.${setting} is ${JSON.stringify(expected)}.`,
  );
};

const requireAscending = (field: string, values: readonly number[]): void => {
  const at = firstDescent(values);
  if (at < 0) return;
  throw invalidRun(
    `In the file model.json, history.${field} goes from ${values[at - 1]} to ${values[at]}: steps must ascend.`,
  );
};

/**
 * Checks what the schema cannot: fields that repeat a setting, and the order of steps.
 * @throws ResiduaError `import-invalid`, naming the field
 */
export const checkMetadata = ({ config, preprocessing, seed, batchNorm, history }: RunMetadata): void => {
  requireEqual('preprocessing.side', preprocessing.side, 'side', config.side);
  requireEqual('seed', seed, 'seed', config.seed);
  requireEqual('batchNorm', batchNorm, 'batchNorm', config.batchNorm);
  const { steps, evaluations, spectra } = history;
  requireAscending('steps.step', steps.step);
  requireAscending(
    'evaluations.step',
    evaluations.map(({ step }) => step),
  );
  requireAscending('spectra.step', spectra?.step ?? []);
};

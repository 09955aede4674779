/** Checks that the parts of an exported run's metadata agree with each other. */
import { historyFault } from '#core/stored-history.ts';
import { invalidRun } from './exported-model.ts';
import type { RunMetadata } from './run-files.ts';

const requireEqual = (field: string, value: unknown, setting: string, expected: unknown): void => {
  if (value === expected) return;
  throw invalidRun(
    `In the file model.json, ${field} is ${JSON.stringify(value)}, but config.${setting} is ${JSON.stringify(expected)}.`,
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
  const fault = historyFault(history);
  if (fault) throw invalidRun(`In the file model.json, ${fault}.`);
};

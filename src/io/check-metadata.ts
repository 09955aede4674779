/** Checks that the parts of an exported run's metadata agree with each other. */
import { excerpt } from '#core/excerpt.ts';
import { historyFault } from '#core/stored-history.ts';
import { invalidRun, type RunFile } from './run-file.ts';
import type { RunMetadata } from './run-files.ts';

const requireEqual = (
  file: RunFile,
  field: string,
  value: unknown,
  setting: string,
  expected: unknown,
): void => {
  if (value === expected) return;
  throw invalidRun(
    file,
    `In the file ${file.name}, ${field} is ${excerpt(JSON.stringify(value) ?? 'missing')}, but config.${setting} is ${JSON.stringify(expected)}.`,
  );
};

/**
 * Checks what the schema cannot: fields that repeat a setting, and the order of steps.
 * @throws ResiduaError `import-invalid`, naming the field
 */
export const checkMetadata = (
  { config, preprocessing, seed, batchNorm, history }: RunMetadata,
  file: RunFile,
): void => {
  requireEqual(file, 'preprocessing.side', preprocessing.side, 'side', config.side);
  requireEqual(file, 'preprocessing.fit', preprocessing.fit, 'fit', config.fit);
  requireEqual(file, 'seed', seed, 'seed', config.seed);
  requireEqual(file, 'batchNorm', batchNorm, 'batchNorm', config.batchNorm);
  const fault = historyFault(history);
  if (fault) throw invalidRun(file, `In the file ${file.name}, ${fault}.`);
};

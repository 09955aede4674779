/** Reads Residua's own part of a run's file, and joins it with the weights. */
import * as v from 'valibot';
import { crc32 } from '#core/crc32.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { fromStoredHistory } from '#core/stored-history.ts';
import {
  migrateHistory,
  migrateSettings,
  readVersion,
  settingsVersion,
} from '#core/versions/settings-version.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { fromNamedArrays, type NamedArray } from '#model/named-weights.ts';
import { parameterSpecs } from '#model/parameters.ts';
import { checkMetadata } from './check-metadata.ts';
import { invalidRun, type RunFile } from './run-file.ts';
import { metadataSchema, type RunMetadata, type SavedRun } from './run-files.ts';

/** Only the key that identifies the version: a newer version may have changed everything else. */
const versionedSchema = v.looseObject({ version: v.unknown() });

/**
 * Checks a value with a schema.
 * @param place of the value in the file, ending in a dot
 * @throws ResiduaError `import-invalid`, naming the first key with a fault
 */
export const checked = <S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  file: RunFile,
  place = '',
): v.InferOutput<S> => {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  const named = path === null ? 'the file itself' : `${place}${path}`;
  throw invalidRun(
    file,
    issue.received === 'undefined'
      ? `The file ${file.name} has no ${named}.`
      : `In the file ${file.name}, ${named} ${describeIssue(issue)}.`,
  );
};

/**
 * Reads metadata of any version up to the current one.
 * @throws ResiduaError `import-invalid`: a newer version, a key or setting, or fields that contradict each other
 */
export const readMetadata = (metadata: unknown, file: RunFile): RunMetadata => {
  const stored = checked(versionedSchema, metadata, file, file.place);
  const version = readVersion(stored.version, `The file ${file.name}`, 'import-invalid');
  const migrated = {
    ...stored,
    version: settingsVersion,
    config: migrateSettings(stored['config'], version),
    history: migrateHistory(stored['history'], version),
  };
  const read = checked(metadataSchema, migrated, file, file.place);
  checkMetadata(read, file);
  return read;
};

/**
 * Checks the bytes of all weights.
 * @param checksum CRC-32 by the metadata; undefined in older files
 * @throws ResiduaError `import-invalid` if the checksum is another
 */
export const checkChecksum = (bytes: Uint8Array, checksum: number | undefined, file: RunFile): void => {
  if (checksum === undefined) return;
  const found = crc32(bytes);
  if (found === checksum) return;
  const by = file.name === file.weightsName ? 'its metadata' : file.name;
  throw invalidRun(
    file,
    `The file ${file.weightsName} has the checksum ${found}, expected ${checksum} by ${by}: it is damaged or belongs to another run.`,
  );
};

/** @throws ResiduaError `import-invalid`, naming the weight whose values no trained model has */
const checkValues = ({ name, values }: NamedArray, shownName: string, file: RunFile): void => {
  if (!values.every(Number.isFinite)) {
    throw invalidRun(file, `The weight ${shownName} in ${file.weightsName} holds NaN or an infinity.`);
  }
  // Batch norm takes the root of a variance.
  const negative = name.endsWith('.running_var') ? values.find((value) => value < 0) : undefined;
  if (negative !== undefined) {
    throw invalidRun(
      file,
      `The weight ${shownName} in ${file.weightsName} holds ${negative}, but a variance is at least 0.`,
    );
  }
};

/**
 * Joins metadata and weights.
 * @param weights in tfjs's layout, by PyTorch's names
 * @param nameInFile the name of a weight in the file
 * @throws ResiduaError `import-invalid`, naming a weight that is missing, unknown, or has another shape, or an invalid value
 */
export const joinRun = (
  { config, categoryName, history, threshold }: RunMetadata,
  weights: readonly NamedArray[],
  file: RunFile,
  nameInFile: (name: string) => string = (name) => name,
): SavedRun => {
  for (const weight of weights) checkValues(weight, nameInFile(weight.name), file);
  fromNamedArrays(parameterSpecs(autoencoderLayers(config.side, config.width)), weights);
  return {
    config,
    categoryName,
    history: fromStoredHistory(history),
    weights,
    ...(threshold ? { threshold } : {}),
  };
};

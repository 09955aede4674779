/** Parses the `model.json` of an exported run into an object of the current version. */
import * as v from 'valibot';
import { ResiduaError } from '#core/errors.ts';
import {
  migrateHistory,
  migrateSettings,
  readVersion,
  settingsVersion,
} from '#core/versions/settings-version.ts';

/** Only the keys that identify the version: a newer version may have changed everything else. */
const versionedSchema = v.looseObject({
  userDefinedMetadata: v.looseObject({ residua: v.looseObject({ version: v.unknown() }) }),
});

/** A model of the current version whose settings and history are not yet checked. */
type ExportedModel = v.InferOutput<typeof versionedSchema>;

/** Refuses the files of an import. */
export const invalidRun = (problem: string, options?: ErrorOptions): ResiduaError =>
  new ResiduaError(
    'import-invalid',
    problem,
    'Choose model.json and weights.bin of one run exported by Residua.',
    options,
  );

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidRun(`The file model.json is not JSON: ${reason}.`, { cause: error });
  }
};

/**
 * Reads `model.json` of any version up to the current one.
 * @throws ResiduaError `import-invalid` if the text is not JSON, or was written by another program or a newer version
 */
export const parseExportedModel = (text: string): ExportedModel => {
  const result = v.safeParse(versionedSchema, parseJson(text));
  if (!result.success) {
    throw invalidRun(
      'The file model.json has no userDefinedMetadata.residua.version: Residua did not export it.',
    );
  }
  const model = result.output;
  const { residua } = model.userDefinedMetadata;
  const version = readVersion(residua.version, 'The file model.json', 'import-invalid');
  const migrated = {
    ...residua,
    version: settingsVersion,
    config: migrateSettings(residua['config'], version),
    history: migrateHistory(residua['history'], version),
  };
  return { ...model, userDefinedMetadata: { ...model.userDefinedMetadata, residua: migrated } };
};

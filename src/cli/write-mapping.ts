/** Writes the roles of images as a file, for programs outside of Residua. */
import { writeFile } from 'node:fs/promises';
import { asJson } from '#core/bundle/text-parts.ts';
import { mappingFile } from '#core/layout/mapping-file.ts';
import { planSamples } from '#core/layout/plan-samples.ts';
import type { Mapping } from '#core/layout/roles.ts';
import { usageError } from './usage-error.ts';

/** @throws ResiduaError `config-invalid` if the file cannot be written */
export const writeMapping = async (file: string, mappings: readonly Mapping[]): Promise<void> => {
  const categories = mappings.map((mapping) => ({
    name: mapping.name,
    folder: mapping.folder,
    images: planSamples(mapping).samples,
  }));
  try {
    await writeFile(file, asJson(mappingFile(categories)));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw usageError(`--mapping ${file} cannot be written: ${why}.`);
  }
};

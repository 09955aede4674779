/** The files of a trained model: reads them, and finds the side that the images need before the worker parses them. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { parseExportedModel } from '#core/versions/exported-model.ts';
import type { ExportedRun } from '#worker/protocol.ts';

/**
 * Reads an exported run.
 * @param files a `.json` and a `.bin` file, in any order
 * @throws ResiduaError `import-invalid` if one of the two is missing or there are others
 */
export const readRunFiles = async (files: readonly File[]): Promise<ExportedRun> => {
  const model = files.find(({ name }) => name.endsWith('.json'));
  const weights = files.find(({ name }) => name.endsWith('.bin'));
  if (!model || !weights || files.length !== 2) {
    const names = files.map(({ name }) => name).join(', ') || 'nothing';
    throw new ResiduaError(
      'import-invalid',
      `An exported run is a model.json and a weights.bin. The chosen files are: ${names}.`,
      'Choose both files of one export at once.',
    );
  }
  return { modelJson: await model.text(), weights: await weights.arrayBuffer() };
};

/**
 * Returns the side of an exported run's images.
 * @param modelJson text of its `model.json`, of any version up to the present one
 * @throws ResiduaError `import-invalid` if `parseExportedModel` refuses the text, `config-invalid` for settings that this
 *   page does not know
 */
export const exportedSide = (modelJson: string): RunConfig['side'] =>
  parseRunConfig(parseExportedModel(modelJson).userDefinedMetadata.residua['config']).side;

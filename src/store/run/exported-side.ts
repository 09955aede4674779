/** The one thing the page must know of a model before the worker reads it: at which side its images are needed. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { parseExportedModel } from '#core/versions/exported-model.ts';

/**
 * Side of the images on which an exported run works.
 * @param modelJson text of its `model.json`, of any version up to the present one
 * @throws ResiduaError `import-invalid` if `parseExportedModel` refuses the text, `config-invalid` for settings that this
 *   page does not know
 */
export const exportedSide = (modelJson: string): RunConfig['side'] =>
  parseRunConfig(parseExportedModel(modelJson).userDefinedMetadata.residua['config']).side;

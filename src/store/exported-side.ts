/** The one thing the page must know of a model before the worker reads it: at which side its images are needed. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';

const invalid = (why: string): ResiduaError =>
  new ResiduaError(
    'import-invalid',
    `model.json ${why}.`,
    'Choose the model.json and weights.bin of an export.',
  );

const child = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/**
 * Side of the images on which an exported run works.
 * @param modelJson text of its `model.json`
 * @throws ResiduaError `import-invalid` where the text is no JSON or holds no settings of Residua
 */
export const exportedSide = (modelJson: string): RunConfig['side'] => {
  let model: unknown;
  try {
    model = JSON.parse(modelJson);
  } catch {
    throw invalid('is not JSON');
  }
  const config = child(child(child(model, 'userDefinedMetadata'), 'residua'), 'config');
  if (config === undefined) throw invalid('was not exported by Residua: it holds no settings');
  return parseRunConfig(config).side;
};

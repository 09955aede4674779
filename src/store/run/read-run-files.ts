/** A trained model from the files that a user chose. */
import { ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#worker/protocol.ts';

/**
 * Reads an exported run.
 * @param files a `.json` and a `.bin` file, in any order
 * @throws ResiduaError `import-invalid` where one of the two is missing or there are others
 */
export const readRunFiles = async (files: readonly File[]): Promise<ExportedRun> => {
  const model = files.find(({ name }) => name.endsWith('.json'));
  const weights = files.find(({ name }) => name.endsWith('.bin'));
  if (!model || !weights || files.length !== 2) {
    const names = files.map(({ name }) => name).join(', ') || 'nothing';
    throw new ResiduaError(
      'import-invalid',
      `An exported run is a model.json and a weights.bin; chosen: ${names}.`,
      'Choose both files of one export at once.',
    );
  }
  return { modelJson: await model.text(), weights: await weights.arrayBuffer() };
};

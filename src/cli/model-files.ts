/** The files of an exported model. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ResiduaError } from '#core/errors.ts';
import { isRunInOneFile } from '#core/run-in-one-file.ts';

const remedy =
  'Give --model a folder with the model.json and weights.bin of one run, such as an earlier --out, or files that the page saved; or a bundle (.zip), a .safetensors or an .onnx.';

/**
 * Returns the path of a run in one file; or, in a folder, those of `model.json` and `weights.bin`, in this order. The page puts
 * the name of the run before both.
 * @throws ResiduaError `import-invalid` if a file is missing, or the folder has those of several runs
 */
export const modelFiles = async (folder: string): Promise<readonly string[]> => {
  if (isRunInOneFile(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isFile()) return [folder];
    throw new ResiduaError('import-invalid', `There is no file ${folder}.`, remedy);
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return ['model.json', 'weights.bin'].map((wanted) => {
    if (names.includes(wanted)) return join(folder, wanted);
    const [first, second] = names.filter((name) => name.endsWith(`-${wanted}`)).sort();
    if (first === undefined)
      throw new ResiduaError('import-invalid', `The folder ${folder} has no file ${wanted}.`, remedy);
    if (second !== undefined)
      throw new ResiduaError(
        'import-invalid',
        `The folder ${folder} has the files of several runs: ${first} and ${second}.`,
        remedy,
      );
    return join(folder, first);
  });
};

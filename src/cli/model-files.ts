/** The files of an exported model in a folder. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ResiduaError } from '#core/errors.ts';

/**
 * Returns the paths of `model.json` and `weights.bin`, in this order.
 * @throws ResiduaError `import-invalid` if one of them is not a file
 */
export const modelFiles = (folder: string): Promise<readonly string[]> =>
  Promise.all(
    ['model.json', 'weights.bin'].map(async (name) => {
      const location = join(folder, name);
      const found = await stat(location).catch(() => undefined);
      if (found?.isFile()) return location;
      throw new ResiduaError(
        'import-invalid',
        `The folder ${folder} has no file ${name}.`,
        'Give --model a folder with the model.json and weights.bin of one run, such as an earlier --out.',
      );
    }),
  );

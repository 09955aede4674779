/** Loads the images of a command into the page. */
import type { BrowserPage } from './browser-page.ts';
import type { DataFile } from './data-files.ts';

/**
 * Loads a data folder.
 * @param prefix URL prefix at which the exchange serves the files, by number
 * @throws ResiduaError the error that the page would show
 */
export const loadFolder = (
  page: BrowserPage,
  prefix: string,
  files: readonly DataFile[],
  category: string | undefined,
): Promise<void> =>
  page.run(
    async ({ prefix, paths, category }) => {
      const files = await Promise.all(
        paths.map(async (path, index) => {
          const response = await fetch(`${prefix}/${index}`);
          if (!response.ok) throw new Error(`${path} cannot be read`);
          return { path, file: new File([await response.blob()], path.split('/').at(-1) ?? path) };
        }),
      );
      await window.residua.loadFiles(files, category);
    },
    { prefix, paths: files.map(({ path }) => path), category },
  );

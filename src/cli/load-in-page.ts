/** Loads the images of a command into the page. */
import type { BrowserPage } from './browser-page.ts';
import { chosenMappings } from './chosen-mappings.ts';
import type { DataFile } from './data-files.ts';
import type { RoleOptions } from './role-options.ts';

/**
 * Loads a data folder.
 * @param prefix URL prefix at which the exchange serves the files, by number
 * @throws ResiduaError the error that the page would show
 */
export const loadFolder = async (
  page: BrowserPage,
  prefix: string,
  files: readonly DataFile[],
  { category, roles }: { readonly category: string | undefined; readonly roles: RoleOptions },
): Promise<void> => {
  const { mappings, byNames } = await chosenMappings(files, category, roles);
  return page.run(
    async ({ prefix, paths, category, mappings }) => {
      const files = await Promise.all(
        paths.map(async (path, index) => {
          const response = await fetch(`${prefix}/${index}`);
          if (!response.ok) throw new Error(`${path} cannot be read`);
          return { path, file: new File([await response.blob()], path.split('/').at(-1) ?? path) };
        }),
      );
      await window.residua.loadFiles(files, category, mappings);
    },
    { prefix, paths: files.map(({ path }) => path), category, mappings: byNames ? undefined : mappings },
  );
};

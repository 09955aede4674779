/** Finds the categories in a drop of any layout. MVTec's own is read as it is; for others, roles are proposed. */
import type { Category, MappedFiles } from '#core/dataset.ts';
import { asResiduaError, type ResiduaError } from '#core/errors.ts';
import { partsOf } from '#core/layout/file-names.ts';
import { isLayoutText, type LayoutText } from '#core/layout/layout-text.ts';
import { proposeMappings } from '#core/layout/propose-mapping.ts';
import type { Mapping } from '#core/layout/roles.ts';
import { buildMapped } from './build-mapped.ts';
import { type DroppedFile, type ScanResult, scanFiles } from './scan-files.ts';

/** Split files are short: VisA's has 1.3 MB. */
const longestText = 16e6;

const readTexts = (files: readonly DroppedFile[]): Promise<readonly LayoutText[]> =>
  Promise.all(
    files
      .filter(({ path, file }) => isLayoutText(path) && file.size <= longestText)
      .map(async ({ path, file }) => ({ path: partsOf(path).join('/'), text: await file.text() })),
  );

type OwnLayout = { readonly found: ScanResult } | { readonly error: ResiduaError };

const inOwnLayout = (files: readonly DroppedFile[]): OwnLayout => {
  try {
    return { found: scanFiles(files) };
  } catch (thrown) {
    return { error: asResiduaError(thrown) };
  }
};

/** Whether two readings of a folder agree on the use of every image. */
const sameUse = (a: Category, b: Category): boolean => {
  const usesIn = ({ samples }: Category): ReadonlyMap<string, string> =>
    new Map(
      samples.map(({ path, split, heldOut, defectType, maskPath }) => [
        path,
        [split, heldOut === true, defectType, maskPath].join('\n'),
      ]),
    );
  const [first, second] = [usesIn(a), usesIn(b)];
  return first.size === second.size && [...first].every(([path, use]) => second.get(path) === use);
};

const trains = ({ samples }: Category): boolean =>
  samples.some(({ split, heldOut }) => split === 'train' && !heldOut);

/** Whether the user can give roles: there are training images, or no folder has a name that says a role. */
const canBeMapped = (category: Category, { layout }: Mapping): boolean =>
  trains(category) || layout === 'unknown';

/** The files below a folder, by path inside it. */
const filesBelow = (byPath: ReadonlyMap<string, File>, { folder, groups }: Mapping): MappedFiles['files'] => {
  const prefix = folder === '' ? '' : `${folder}/`;
  return new Map(
    groups.flatMap(({ paths }) =>
      paths.flatMap((path): [string, File][] => {
        const file = byPath.get(`${prefix}${path}`);
        return file ? [[path, file]] : [];
      }),
    ),
  );
};

/**
 * Finds the categories in a drop. Those that are not in MVTec's own layout have `mapped`: their roles are a proposal.
 * @param given mappings in place of proposals, by the shell
 * @throws ResiduaError (as rejection) `not-a-category`, `mixed-layouts` or `no-training-images` if none is left
 */
export const scanDrop = async (
  files: readonly DroppedFile[],
  given?: readonly Mapping[],
): Promise<ScanResult> => {
  const own = inOwnLayout(files);
  const proposed = proposeMappings(
    files.map(({ path }) => path),
    await readTexts(files),
  );
  const byPath = new Map<string, File>();
  for (const { path, file } of files) {
    const normal = partsOf(path).join('/');
    if (!byPath.has(normal)) byPath.set(normal, file);
  }
  const ownIn = ({ name, folder }: Mapping): Category | undefined =>
    'found' in own
      ? own.found.categories.find(
          (category) => category.name === name || category.name === partsOf(folder).at(-1),
        )
      : undefined;
  const categories = (given ?? proposed.mappings).flatMap((mapping): Category[] => {
    const mapped = buildMapped({ mapping, files: filesBelow(byPath, mapping) });
    const straight = given ? undefined : ownIn(mapping);
    if (straight && sameUse(straight, mapped)) return [{ ...straight, name: mapping.name }];
    return canBeMapped(mapped, mapping) ? [mapped] : [];
  });
  const allOwn = 'found' in own && categories.every(({ mapped }) => !mapped);
  if (allOwn && categories.length === own.found.categories.length) return { ...own.found, categories };
  if (categories.length === 0) {
    if ('error' in own) throw own.error;
    return own.found;
  }
  const used = new Set(categories.flatMap(({ name, mapped }) => mapped?.mapping.folder ?? name));
  const broken =
    'found' in own ? own.found.skippedFiles.filter(({ path }) => !byPath.has(path) && !used.has(path)) : [];
  return { categories, skippedFiles: [...proposed.outside, ...broken] };
};

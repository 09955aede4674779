/** Finds the categories in a drop: one category, a folder with several, or the content of one. */
import type { Category, SkippedFile } from '#core/dataset.ts';
import { asResiduaError, ResiduaError } from '#core/errors.ts';
import { isImageName, isSystemFile, notAnImage, partsOf } from '#core/layout/file-names.ts';
import { counted, listed } from '../words.ts';
import { buildCategory, type CategoryFile } from './build-category.ts';
import { type Placement, placementOf } from './drop-paths.ts';

/** A file of a drop. */
export interface DroppedFile {
  /** Path inside the drop, '/'-separated; may begin with the name of the dropped folder. */
  readonly path: string;
  readonly file: File;
}

/** The content of a drop. */
export interface ScanResult {
  /** The trainable categories, sorted by name; each lists its skipped files by their path inside the category. */
  readonly categories: readonly Category[];
  /** Files outside every category, and broken categories, by their path in the drop. */
  readonly skippedFiles: readonly SkippedFile[];
}

/** Name of a category whose content was dropped without its folder. */
const namelessCategory = 'category';

interface Entry {
  readonly parts: readonly string[];
  readonly file: File;
  readonly placement: Placement | undefined;
}

/** Separates files whose path came twice, from two dropped folders of one name. The first of each stays. */
const withoutRepeats = (
  all: readonly Entry[],
): { readonly entries: readonly Entry[]; readonly repeated: readonly SkippedFile[] } => {
  const seen = new Set<string>();
  const repeated: SkippedFile[] = [];
  const entries = all.filter(({ parts }) => {
    const path = parts.join('/');
    if (!seen.has(path)) return seen.add(path);
    repeated.push({
      path,
      reason: 'A second file of this path, from another folder of the same name: rename one of the folders.',
    });
    return false;
  });
  return { entries, repeated };
};

/** The innermost category with this file; undefined if there is none. */
const homeOf = ({ parts, placement }: Entry, categories: ReadonlySet<string>): string | undefined => {
  if (placement !== undefined && categories.has(placement.category)) return placement.category;
  for (let depth = parts.length - 1; depth >= 0; depth--) {
    const folder = parts.slice(0, depth).join('/');
    if (categories.has(folder)) return folder;
  }
  return undefined;
};

const groupBy = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

/** Category names by folder path: its last part, or the whole path if two categories would share a name. */
const namesOf = (folders: readonly string[]): ReadonlyMap<string, string> => {
  const shortOf = (folder: string): string => folder.split('/').at(-1) || namelessCategory;
  const uses = groupBy(folders, shortOf);
  return new Map(
    folders.map((folder) => {
      const short = shortOf(folder);
      return [folder, uses.get(short)?.length === 1 ? short : folder || namelessCategory];
    }),
  );
};

const notACategory = (entries: readonly Entry[]): ResiduaError => {
  const images = entries.filter(({ parts }) => isImageName(parts.at(-1) ?? ''));
  const folders = [...new Set(images.map(({ parts }) => parts.slice(0, -1).join('/') || 'its top folder'))];
  const others = [...new Set(entries.map(({ parts }) => parts.at(-1) ?? ''))];
  let found = 'it is empty';
  if (images.length > 0) found = `it has ${counted(images.length, 'image')} in ${listed(folders)}`;
  else if (entries.length > 0) found = `it has no images, only ${listed(others)}`;
  return new ResiduaError(
    'not-a-category',
    `The dropped folder is not a category: ${found}.`,
    'Drop a folder with normal images in train/good and test images in test/good and test/<defect>, as in MVTec AD.',
  );
};

const nestedError = (name: string, inner: string): ResiduaError =>
  new ResiduaError(
    'mixed-layouts',
    `The category ${name} contains another category, ${inner}, beside its own images.`,
    'Move one out of the other.',
  );

const toCategoryFile = ({ parts, file, placement }: Entry, folder: string): CategoryFile => ({
  path: (folder === '' ? parts : parts.slice(folder.split('/').length)).join('/'),
  name: parts.at(-1) ?? '',
  file,
  placement: placement?.category === folder ? placement : undefined,
});

/**
 * Finds the categories in a drop by MVTec's layout, at any depth. It reads and decodes nothing. If only some categories are
 * broken, those are skipped with their reason.
 * @throws ResiduaError `not-a-category` if nothing has the layout; `mixed-layouts` or `no-training-images` if no
 *   category is left
 */
export const scanFiles = (files: readonly DroppedFile[]): ScanResult => {
  const all = files
    .map(({ path, file }) => ({ parts: partsOf(path), file }))
    .filter(({ parts }) => parts.length > 0 && !isSystemFile(parts))
    .map((entry): Entry => ({ ...entry, placement: placementOf(entry.parts) }));
  const { entries, repeated } = withoutRepeats(all);
  const placed = entries.flatMap(({ parts, placement }) =>
    placement !== undefined && isImageName(parts.at(-1) ?? '') ? [placement.category] : [],
  );
  const folders = [...new Set(placed)].sort();
  if (folders.length === 0) throw notACategory(entries);

  const folderSet = new Set(folders);
  const homes = groupBy(entries, (entry) => homeOf(entry, folderSet));
  const names = namesOf(folders);
  const categories: Category[] = [];
  const errors: ResiduaError[] = [];
  const outside = (homes.get(undefined) ?? []).map(({ parts }) => ({
    path: parts.join('/'),
    reason: isImageName(parts.at(-1) ?? '') ? 'Outside every category.' : notAnImage(parts.at(-1) ?? ''),
  }));
  const skippedFiles: SkippedFile[] = [...outside, ...repeated];
  for (const folder of folders) {
    const name = names.get(folder) ?? folder;
    try {
      const inner = folders.find(
        (other) => other !== folder && (folder === '' || other.startsWith(`${folder}/`)),
      );
      if (inner !== undefined) throw nestedError(name, inner);
      categories.push(
        buildCategory(
          name,
          (homes.get(folder) ?? []).map((entry) => toCategoryFile(entry, folder)),
        ),
      );
    } catch (thrown) {
      const error = asResiduaError(thrown);
      errors.push(error);
      skippedFiles.push({ path: folder || namelessCategory, reason: error.message });
    }
  }
  if (categories.length === 0) throw errors[0];
  return { categories, skippedFiles };
};

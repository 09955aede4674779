/** Classifies a dropped file by its path alone. */
import { comparable } from '#core/layout/file-names.ts';

/** The folders of a category. */
export const categoryFolders = ['train', 'test', 'ground_truth'] as const;
export type CategoryFolder = (typeof categoryFolders)[number];

/** The position of a file relative to the layout `<category>/<folder>/<group>/<file>`. */
export interface Placement {
  /** Path of the category in the drop, '' if the drop is the category's content. */
  readonly category: string;
  readonly folder: CategoryFolder;
  /** Name of the folder below `folder`, as written; undefined for a file directly in `folder`. */
  readonly group: string | undefined;
}

const folderOf = (part: string | undefined): CategoryFolder | undefined =>
  categoryFolders.find((folder) => part !== undefined && comparable(part) === folder);

/**
 * Finds a file's place in the layout, or undefined: `a/bottle/test/scratch/3.png` is in category `a/bottle`, folder `test`,
 * group `scratch`; `bottle/Train/3.png` is directly in `train`.
 */
export const placementOf = (parts: readonly string[]): Placement | undefined => {
  for (const depth of [3, 2]) {
    const position = parts.length - depth;
    const folder = folderOf(parts[position]);
    if (folder) {
      const group = depth === 3 ? parts[position + 1] : undefined;
      return { category: parts.slice(0, position).join('/'), folder, group };
    }
  }
  return undefined;
};

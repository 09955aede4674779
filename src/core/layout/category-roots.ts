/** Finds the folder of the category that a file belongs to, by the names on its path. */
import {
  isAbnormalName,
  isContainerName,
  isDataName,
  isGroundTruthName,
  isMaskName,
  isNormalName,
  isNormalTestName,
  isTestName,
  isTrainName,
  isUnlabeledTestName,
  isValidationName,
} from './role-words.ts';

/** Names of splits: they lie directly in a category's folder. */
export const isSplitName = (name: string): boolean =>
  isTrainName(name) ||
  isTestName(name) ||
  isUnlabeledTestName(name) ||
  isValidationName(name) ||
  isGroundTruthName(name);

const isKindName = (name: string): boolean =>
  isNormalName(name) || isNormalTestName(name) || isAbnormalName(name) || isMaskName(name);

/** Position of the split's folder: the innermost, but that of `test_public/ground_truth` is the outer one. */
const splitAt = (folders: readonly string[]): number => {
  let at = folders.findLastIndex(isSplitName);
  while (at > 0 && isGroundTruthName(folders[at]) && isSplitName(folders[at - 1])) at--;
  return at;
};

/** Position of VisA's `Data`, which has `Images` or `Masks`. */
const dataAt = (folders: readonly string[]): number =>
  folders.findIndex((name, at) => {
    const next = folders[at + 1] ?? '';
    return isDataName(name) && (isContainerName(next) || isMaskName(next));
  });

/** Folder of the category by the names on the path; undefined if no name says a role. */
const namedRoot = (folders: readonly string[]): string | undefined => {
  for (const at of [splitAt(folders), dataAt(folders), folders.findIndex(isKindName)]) {
    if (at >= 0) return folders.slice(0, at).join('/');
  }
  return undefined;
};

const isBelow = (folder: string, root: string): boolean =>
  root === '' || folder === root || folder.startsWith(`${root}/`);

/** The folders from '' to the path's own, the innermost first. */
const commonFolder = (paths: readonly (readonly string[])[]): string => {
  const [first = [], ...rest] = paths;
  let length = first.length;
  for (const other of rest) {
    while (first.slice(0, length).some((part, at) => part !== other[at])) length--;
  }
  return first.slice(0, length).join('/');
};

/** The folders of categories among folders of images. */
export interface CategoryRoots {
  readonly roots: readonly string[];
  /** The innermost root of a file's folder; undefined if it is outside. */
  readonly rootOf: (folders: readonly string[]) => string | undefined;
}

/**
 * Finds the categories' folders.
 * @param imageFolders the parts of the folder of each image
 */
export const findCategoryRoots = (imageFolders: readonly (readonly string[])[]): CategoryRoots => {
  const named = new Set(imageFolders.flatMap((folders) => namedRoot(folders) ?? []));
  if (named.size === 0 && imageFolders.length > 0) named.add(commonFolder(imageFolders));
  const roots = [...named].sort();
  const innermostFirst = roots.toSorted((a, b) => b.length - a.length);
  return {
    roots,
    rootOf: (folders) => {
      const own = namedRoot(folders);
      if (own !== undefined && named.has(own)) return own;
      const path = folders.join('/');
      return innermostFirst.find((root) => isBelow(path, root));
    },
  };
};

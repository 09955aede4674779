/** Proposes roles for the images of a folder tree, whatever its layout, from its paths alone. */
import { findCategoryRoots, isSplitName } from './category-roots.ts';
import { isImageName, isSystemFile, notAnImage, partsOf } from './file-names.ts';
import { type FolderRole, roleOfFolder, type Surroundings } from './folder-role.ts';
import { layoutOf } from './layout-of.ts';
import { isKindFile, type LayoutText } from './layout-text.ts';
import { isNormalName } from './role-words.ts';
import type { Mapping, MappingGroup, TestShare } from './roles.ts';
import { readVisaKinds } from './visa-kinds.ts';
import { readSplitFile, type SplitFile, type SplitLine } from './visa-split.ts';

/** Share of the normal images that is proposed for testing if a folder has defects, but no normal test images and no split. */
const proposedTestPercent = 20;

/** Name of a category whose content was dropped without its folder. */
const namelessCategory = 'category';

/** A file outside every category, or one that is no image, with the reason. */
export interface LeftFile {
  readonly path: string;
  readonly reason: string;
}

/** The proposals for a drop. */
export interface ProposedMappings {
  /** One per category, sorted by folder. */
  readonly mappings: readonly Mapping[];
  /** By path in the drop. */
  readonly outside: readonly LeftFile[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface CategoryFiles {
  readonly images: readonly string[];
  readonly otherFiles: readonly LeftFile[];
}

const lineRole = (
  folder: string,
  { split, normal }: SplitLine,
  file: string,
): FolderRole & { readonly id: string } => {
  const role = normal ? (split === 'train' ? 'train' : 'test-normal') : 'defect';
  const kind = partsOf(folder).at(-1) ?? '';
  return { id: `${folder}#${role}`, role, folder, kind, reason: { kind: 'split-file', file } };
};

const surroundingsOf = (images: readonly string[]): Surroundings => {
  const folders = images.map((path) => partsOf(path).slice(0, -1));
  const normal = folders.find(([first]) => isNormalName(first ?? ''))?.[0];
  return { hasSplits: folders.some(([first]) => isSplitName(first ?? '')), normalFolder: normal };
};

/** The role of the images of a folder if no name says one: normal if it is the only folder. */
const onlyFolder = (images: readonly string[]): FolderRole | undefined =>
  images.every((path) => !path.includes('/'))
    ? { role: 'train', folder: '', kind: '', reason: { kind: 'only-images' } }
    : undefined;

const groupsOf = (
  images: readonly string[],
  lines: ReadonlyMap<string, SplitLine> | undefined,
  splitPath: string,
): readonly MappingGroup[] => {
  const surroundings = surroundingsOf(images);
  const only = onlyFolder(images);
  const roleByFolder = new Map<string, FolderRole>();
  const groups = new Map<string, MappingGroup & { readonly paths: string[] }>();
  for (const path of images) {
    const folders = partsOf(path).slice(0, -1);
    const folder = folders.join('/');
    const proposed = roleByFolder.get(folder) ?? only ?? roleOfFolder(folders, surroundings);
    roleByFolder.set(folder, proposed);
    const line = proposed.role === 'mask' ? undefined : lines?.get(path);
    const role = line ? lineRole(folder, line, splitPath) : proposed;
    const id = `${role.folder}#${role.role}`;
    const known = groups.get(id);
    if (known) known.paths.push(path);
    else groups.set(id, { ...role, id, paths: [path] });
  }
  return [...groups.values()].sort((a, b) => byText(a.id, b.id));
};

const masksListed = (lines: ReadonlyMap<string, SplitLine> | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries([...(lines ?? [])].flatMap(([image, { mask }]) => (mask ? [[image, mask]] : [])));

const testShareOf = (groups: readonly MappingGroup[]): TestShare => {
  const has = (role: MappingGroup['role']): boolean => groups.some((group) => group.role === role);
  // Whoever sorted images into train and test chose what is tested on.
  const isSplit = groups.some(({ reason }) => reason.kind === 'in-train');
  const percent = has('defect') && !has('test-normal') && !isSplit ? proposedTestPercent : 0;
  return { percent, seed: 0 };
};

/** The category names by folder: the last part, or the whole path if two categories would share a name. */
const namesOf = (folders: readonly string[]): ReadonlyMap<string, string> => {
  const shortOf = (folder: string): string => folder.split('/').at(-1) || namelessCategory;
  const isUnique = (short: string): boolean =>
    folders.filter((folder) => shortOf(folder) === short).length === 1;
  return new Map(
    folders.map((folder) => [
      folder,
      isUnique(shortOf(folder)) ? shortOf(folder) : folder || namelessCategory,
    ]),
  );
};

/** The lines of a split file that are about a category, if it lies beside or in the category's folder. */
const linesFor = (
  splits: readonly SplitFile[],
  folder: string,
): { readonly lines: ReadonlyMap<string, SplitLine> | undefined; readonly path: string } => {
  const name = folder.split('/').at(-1) ?? '';
  const split = splits.find(({ categories }) => categories.has(name));
  return { lines: split?.categories.get(name), path: split?.path ?? '' };
};

/** Sorts the files by the category that they belong to. */
const sortFiles = (paths: readonly string[]) => {
  const all = paths.map((path) => partsOf(path)).filter((parts) => parts.length > 0 && !isSystemFile(parts));
  const isImage = (parts: readonly string[]): boolean => isImageName(parts.at(-1) ?? '');
  const { roots, rootOf } = findCategoryRoots(all.filter(isImage).map((parts) => parts.slice(0, -1)));
  const inner = roots.filter(
    (root) => !roots.some((other) => other !== root && (root === '' || other.startsWith(`${root}/`))),
  );
  const isInner = new Set(inner);
  const files = new Map<string, { images: string[]; otherFiles: LeftFile[] }>(
    inner.map((root) => [root, { images: [], otherFiles: [] }]),
  );
  const outside: LeftFile[] = [];
  for (const parts of all) {
    const root = rootOf(parts.slice(0, -1));
    const home = root !== undefined && isInner.has(root) ? files.get(root) : undefined;
    const name = parts.at(-1) ?? '';
    if (!home) {
      outside.push({
        path: parts.join('/'),
        reason: isImage(parts) ? 'Outside every category.' : notAnImage(name),
      });
      continue;
    }
    const path = parts.slice(root === '' ? 0 : root?.split('/').length).join('/');
    if (isImage(parts)) home.images.push(path);
    else home.otherFiles.push({ path, reason: notAnImage(name) });
  }
  return { files, outside };
};

const mappingOf = (
  name: string,
  folder: string,
  { images, otherFiles }: CategoryFiles,
  splits: readonly SplitFile[],
  annotations: LayoutText | undefined,
): Mapping => {
  const { lines, path } = linesFor(splits, folder);
  const annotated = annotations && readVisaKinds(annotations);
  const groups = groupsOf([...new Set(images)].sort(byText), lines, path);
  return {
    name,
    folder,
    layout: layoutOf(groups),
    groups,
    testShare: testShareOf(groups),
    listedMasks: { ...annotated?.masks, ...masksListed(lines) },
    ...(annotated && { listedKinds: annotated.kinds }),
    otherFiles: annotated ? otherFiles.filter(({ path }) => !isKindFile(path)) : otherFiles,
  };
};

/**
 * Proposes a mapping for each category in a folder tree.
 * @param paths of all files, '/'-separated
 * @param texts the split files and annotations among them
 */
export const proposeMappings = (
  paths: readonly string[],
  texts: readonly LayoutText[] = [],
): ProposedMappings => {
  const { files, outside } = sortFiles(paths);
  const splits = texts.flatMap((text) => readSplitFile(text) ?? []);
  const used = new Set(splits.map(({ path }) => path));
  const names = namesOf([...files.keys()]);
  const annotationsIn = (folder: string): LayoutText | undefined =>
    texts.find(({ path }) => isKindFile(path) && partsOf(path).slice(0, -1).join('/') === folder);
  return {
    mappings: [...files].map(([folder, own]) =>
      mappingOf(names.get(folder) ?? folder, folder, own, splits, annotationsIn(folder)),
    ),
    outside: outside.filter(({ path }) => !used.has(path)),
  };
};

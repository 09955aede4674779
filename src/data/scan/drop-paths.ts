/** Classifies a dropped file by its path alone. */

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

const imageExtensions = new Set(['png', 'jpg', 'jpeg', 'webp', 'bmp']);
const textExtensions = new Set(['txt', 'md', 'pdf', 'html', 'rtf', '']);
const systemNames = new Set(['thumbs.db', 'desktop.ini', '__macosx']);

/** The path's parts, without empty and '.' ones. */
export const partsOf = (path: string): readonly string[] =>
  path.split('/').filter((part) => part !== '' && part !== '.');

/** Files that operating systems leave behind; they are skipped silently. */
export const isSystemFile = (parts: readonly string[]): boolean =>
  parts.some((part) => part.startsWith('.') || systemNames.has(part.toLowerCase()));

/** The lowercase extension after the last dot; '' without a dot. */
const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
};

/** The name without its extension. */
export const stemOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
};

/** Whether a name has the extension of a supported format. */
export const isImageName = (name: string): boolean => imageExtensions.has(extensionOf(name));

/** The reason for skipping a file that is not an image. */
export const notAnImage = (name: string): string => {
  const extension = extensionOf(name);
  if (textExtensions.has(extension)) return 'Text, not an image.';
  return `Not a supported image (.${extension}): only PNG, JPEG, WebP and BMP are.`;
};

/**
 * The form in which names are compared. Systems differ in letter case, and in how they compose accents: macOS stores them
 * decomposed (NFD), most others composed (NFC).
 */
export const comparable = (name: string): string => name.normalize('NFC').toLowerCase();

/** The composed form of a name, in which images and masks are compared: their case may tell two files apart. */
export const composed = (name: string): string => name.normalize('NFC');

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

/** What a file of a drop is, by its path alone. */

/** The folders of a category. */
export const categoryFolders = ['train', 'test', 'ground_truth'] as const;
export type CategoryFolder = (typeof categoryFolders)[number];

/** Where a file lies relative to the layout `<category>/<folder>/<group>/<file>`. */
export interface Placement {
  /** Path of the category in the drop, '' where the drop is the category's content. */
  readonly category: string;
  readonly folder: CategoryFolder;
  /** Name of the folder below `folder`, or undefined for a file directly in `folder`. */
  readonly group: string | undefined;
}

const imageExtensions = new Set(['png', 'jpg', 'jpeg', 'webp', 'bmp']);
const textExtensions = new Set(['txt', 'md', 'pdf', 'html', 'rtf', '']);
const systemNames = new Set(['thumbs.db', 'desktop.ini', '__macosx']);

/** The path's parts, without empty and '.' ones. */
export const partsOf = (path: string): readonly string[] =>
  path.split('/').filter((part) => part !== '' && part !== '.');

/** Files that operating systems leave behind: not worth a word. */
export const isSystemFile = (parts: readonly string[]): boolean =>
  parts.some((part) => part.startsWith('.') || systemNames.has(part.toLowerCase()));

/** The name's end after its last dot, in lower case; '' without a dot. */
const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
};

/** The name without its extension. */
export const stemOf = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
};

/** Whether a name has an extension of the formats that are decoded. */
export const isImageName = (name: string): boolean => imageExtensions.has(extensionOf(name));

/** Why a file that is no image is set aside. */
export const notAnImage = (name: string): string => {
  const extension = extensionOf(name);
  if (textExtensions.has(extension)) return 'Text, not an image.';
  return `Not an image that is read (.${extension}): PNG, JPEG, WebP and BMP are.`;
};

const isFolder = (part: string | undefined): part is CategoryFolder =>
  (categoryFolders as readonly (string | undefined)[]).includes(part);

/**
 * Places a file in the layout, or not: `a/bottle/test/scratch/3.png` lies in category `a/bottle`, folder `test`, group
 * `scratch`; `bottle/train/3.png` directly in `train`.
 */
export const placementOf = (parts: readonly string[]): Placement | undefined => {
  for (const depth of [3, 2]) {
    const position = parts.length - depth;
    const folder = parts[position];
    if (isFolder(folder)) {
      const group = depth === 3 ? parts[position + 1] : undefined;
      return { category: parts.slice(0, position).join('/'), folder, group };
    }
  }
  return undefined;
};

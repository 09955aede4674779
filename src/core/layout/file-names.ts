/** What a file's name says: whether it is an image, and the forms in which names are compared. */
import { archiveKind } from '../archive/archive-name.ts';

const imageExtensions = new Set(['png', 'jpg', 'jpeg', 'webp', 'bmp', 'tif', 'tiff']);
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
  if (archiveKind(name)) return 'An archive beside images: open it by itself to use it.';
  return `Not a supported image (.${extension}): only PNG, JPEG, WebP, BMP and TIFF are.`;
};

/**
 * The form in which names are compared. Systems differ in letter case, and in how they compose accents: macOS stores them
 * decomposed (NFD), most others composed (NFC).
 */
export const comparable = (name: string): string => name.normalize('NFC').toLowerCase();

/** The composed form of a name, in which images and masks are compared: their case may tell two files apart. */
export const composed = (name: string): string => name.normalize('NFC');

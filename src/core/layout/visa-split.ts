/** Reads VisA's split file, `split_csv/1cls.csv`. */
import { partsOf } from './file-names.ts';
import type { LayoutText } from './layout-text.ts';

/** A line of the split file; paths are inside the category. */
export interface SplitLine {
  readonly split: 'train' | 'test';
  readonly normal: boolean;
  readonly mask: string | undefined;
}

/** The lines of one file by the image's path inside its category, for each category by its name. */
export interface SplitFile {
  readonly path: string;
  readonly categories: ReadonlyMap<string, ReadonlyMap<string, SplitLine>>;
}

const withoutCategory = (path: string): string => partsOf(path).slice(1).join('/');

/**
 * Reads the columns object, split, label, image and mask. Lines without them are left out.
 * @returns undefined if the file has no line of that form
 */
export const readSplitFile = ({ path, text }: LayoutText): SplitFile | undefined => {
  const [head = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const columns = head.split(',').map((name) => name.trim().toLowerCase());
  const at = (name: string): number => columns.indexOf(name);
  const categories = new Map<string, Map<string, SplitLine>>();
  for (const line of lines) {
    const cells = line.split(',').map((cell) => cell.trim());
    const [category, split, label, image, mask] = ['object', 'split', 'label', 'image', 'mask'].map(
      (name) => cells[at(name)],
    );
    if (!category || !image || (split !== 'train' && split !== 'test')) continue;
    const known = categories.get(category) ?? new Map<string, SplitLine>();
    known.set(withoutCategory(image), {
      split,
      normal: label?.toLowerCase() === 'normal',
      mask: mask ? withoutCategory(mask) : undefined,
    });
    categories.set(category, known);
  }
  return categories.size > 0 ? { path, categories } : undefined;
};

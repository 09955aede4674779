/** The text files that say something about images. */

/** A text file of a drop. */
export interface LayoutText {
  /** Path inside the drop. */
  readonly path: string;
  readonly text: string;
}

/** Name of VisA's annotations of a category. */
export const kindFileName = 'image_anno.csv';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/** Whether a file is VisA's annotations of a category. */
export const isKindFile = (path: string): boolean => nameOf(path) === kindFileName;

/** Whether the text of a file is needed: annotations, or VisA's split for one class per model. */
export const isLayoutText = (path: string): boolean => isKindFile(path) || nameOf(path) === '1cls.csv';

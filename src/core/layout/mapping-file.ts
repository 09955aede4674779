/** `mapping.json`: the use and the masks of each image, for programs outside of Residua. It has names of files only. */

/** Version of the file. */
const mappingVersion = 1;

/** An image with its use; paths are inside the category. */
export interface MappedImage {
  readonly path: string;
  readonly split: 'train' | 'test';
  /** Whether it is a normal image that is never trained on. */
  readonly heldOut?: boolean;
  readonly defectType: string;
  readonly anomalous: boolean;
  /** Any of them marks a pixel. */
  readonly maskPaths: readonly string[];
}

/** The images of a category, in the order of its samples. */
export interface MappedCategory {
  readonly name: string;
  /** Its folder in the data folder, if that is known. */
  readonly folder?: string;
  readonly images: readonly MappedImage[];
}

const imageJson = ({ path, split, heldOut, defectType, anomalous, maskPaths }: MappedImage): object => ({
  path,
  split,
  ...(heldOut && { heldOut }),
  defectType,
  anomalous,
  ...(maskPaths.length > 0 && { masks: maskPaths }),
});

/** Returns the content of the file. */
export const mappingFile = (categories: readonly MappedCategory[]): object => ({
  mappingVersion,
  categories: categories.map(({ name, folder, images }) => ({
    name,
    ...(folder !== undefined && { folder }),
    images: images.map(imageJson),
  })),
});

/** Finds training images that another category of the same folder also has. */
import type { Category } from '#core/dataset.ts';
import type { ForeignImages } from '#core/paper-differences/data-facts.ts';
import { contentHashOf } from './content-hash.ts';

/**
 * Maximum number of bytes to read from other categories. Only files of equal size are read, which are few unless the
 * images are uncompressed.
 */
const mostBytes = 64e6;

interface Candidate {
  readonly category: string;
  readonly path: string;
  readonly file: Blob;
}

/**
 * Compares the files of a category's training images with those of other categories. A file is read only if its size equals
 * that of a training image.
 * @param contentHashes by path, for each image of the category that has one
 * @param others the other categories of the folder
 * @returns undefined if there is nothing to compare, or too much
 */
export const foreignImagesOf = async (
  category: Category,
  contentHashes: ReadonlyMap<string, string>,
  others: readonly Category[],
  signal?: AbortSignal,
): Promise<ForeignImages | 'none' | undefined> => {
  const pathsByHash = new Map<string, string[]>();
  const sizes = new Set<number>();
  for (const { path, split, source } of category.samples) {
    const hash = contentHashes.get(path);
    if (split !== 'train' || source.kind !== 'file' || hash === undefined) continue;
    sizes.add(source.image.size);
    pathsByHash.set(hash, [...(pathsByHash.get(hash) ?? []), path]);
  }
  if (sizes.size === 0 || others.length === 0) return undefined;
  const candidates = others.flatMap(({ name, samples }) =>
    samples.flatMap(({ path, source }): Candidate[] =>
      source.kind === 'file' && sizes.has(source.image.size)
        ? [{ category: name, path, file: source.image }]
        : [],
    ),
  );
  if (candidates.reduce((sum, { file }) => sum + file.size, 0) > mostBytes) return undefined;
  const foreign = new Set<string>();
  let example: Omit<ForeignImages, 'count'> | undefined;
  for (const { category: other, path, file } of candidates) {
    signal?.throwIfAborted();
    const hash = await contentHashOf(file);
    const own = hash === undefined ? undefined : pathsByHash.get(hash);
    if (!own) continue;
    for (const ownPath of own) foreign.add(ownPath);
    example ??= { example: [own[0]!, path], category: other };
  }
  return example ? { count: foreign.size, ...example } : 'none';
};

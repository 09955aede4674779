/** Pairs masks and defect images by their names. */
import { isSplitName } from './category-roots.ts';
import { comparable, composed, partsOf, stemOf } from './file-names.ts';
import { isContainerName, isDataName, isMaskName } from './role-words.ts';

/** Masks by image, both by path, and masks without an image. */
export interface MaskPairs {
  /** An image may have several masks, of which any marks a pixel. */
  readonly masksOf: ReadonlyMap<string, readonly string[]>;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** The kind of an image or mask: its folders without those that say a split, a mask or nothing. */
const kindOfPath = (path: string): string => {
  const folders = partsOf(path).slice(0, -1);
  const from = isSplitName(folders[0] ?? '') || isDataName(folders[0] ?? '') ? 1 : 0;
  return comparable(
    folders
      .slice(from)
      .filter((name) => !isMaskName(name) && !isContainerName(name))
      .join('/'),
  );
};

const nameOf = (path: string): string => partsOf(path).at(-1) ?? '';

/** The ways to name a mask, in order of precedence: MVTec's first. */
const namings: readonly ((stem: string) => string | undefined)[] = [
  (stem) => /^(.+)_mask$/i.exec(stem)?.[1],
  (stem) => stem,
  (stem) => /^mask_(.+)$/i.exec(stem)?.[1],
  (stem) => /^(.+)_gt$/i.exec(stem)?.[1],
  (stem) => /^(.+)-mask$/i.exec(stem)?.[1],
];

interface Candidate {
  readonly path: string;
  readonly kind: string;
  /** The image's stem by each naming. */
  readonly stems: readonly (string | undefined)[];
}

const candidateOf = (path: string): Candidate => {
  const stem = composed(stemOf(nameOf(path)));
  return { path, kind: kindOfPath(path), stems: namings.map((read) => read(stem)) };
};

const add = (map: Map<string, string[]>, key: string, path: string): void => {
  const paths = map.get(key);
  if (paths) paths.push(path);
  else map.set(key, [path]);
};

/** Masks by each key, for every naming. */
const indexBy = (
  masks: readonly Candidate[],
  keyOf: (mask: Candidate, stem: string) => string,
): readonly ReadonlyMap<string, readonly string[]>[] =>
  namings.map((_, naming) => {
    const index = new Map<string, string[]>();
    for (const mask of masks) {
      const stem = mask.stems[naming];
      if (stem !== undefined) add(index, keyOf(mask, stem), mask.path);
    }
    return index;
  });

const firstOf = (
  indexes: readonly ReadonlyMap<string, readonly string[]>[],
  key: string,
): readonly string[] => indexes.map((index) => index.get(key) ?? []).find(({ length }) => length > 0) ?? [];

/**
 * Pairs masks with images: by the list of a split file, by a folder of masks per image, by kind and stem, and otherwise, if
 * no image is of the mask's kind, by a stem that only one image and one mask have. A mask has at most one image.
 * @param images paths of the defect images inside the category
 * @param listed masks by image, as a split file lists them
 */
export const pairMasksByName = (
  images: readonly string[],
  masks: readonly string[],
  listed: Readonly<Record<string, string>> = {},
): MaskPairs => {
  const known = new Set(masks);
  const candidates = masks.map(candidateOf);
  const byKind = indexBy(candidates, (mask, stem) => `${mask.kind}/${stem}`);
  const kinds = new Set(images.map(kindOfPath));
  const ofNoImage = indexBy(
    candidates.filter(({ kind }) => !kinds.has(kind)),
    (_, stem) => stem,
  );
  const byFolder = new Map<string, string[]>();
  for (const { kind, path } of candidates) add(byFolder, kind, path);
  const imagesOfStem = new Map<string, number>();
  const stemOfImage = (path: string): string => composed(stemOf(nameOf(path)));
  for (const path of images) {
    const stem = stemOfImage(path);
    imagesOfStem.set(stem, (imagesOfStem.get(stem) ?? 0) + 1);
  }
  const found = (path: string): readonly string[] => {
    const own = listed[path];
    if (own !== undefined && known.has(own)) return [own];
    const kind = kindOfPath(path);
    const stem = stemOfImage(path);
    const folder = byFolder.get(kind === '' ? comparable(stem) : `${kind}/${comparable(stem)}`);
    if (folder) return folder;
    const [ofKind] = firstOf(byKind, `${kind}/${stem}`);
    if (ofKind !== undefined) return [ofKind];
    const ofStem = firstOf(ofNoImage, stem);
    return ofStem.length === 1 && imagesOfStem.get(stem) === 1 ? ofStem : [];
  };
  const imagesOf = new Map<string, string[]>();
  for (const image of images) for (const mask of found(image)) add(imagesOf, mask, image);
  const masksOf = new Map<string, string[]>();
  const skipped: { readonly path: string; readonly reason: string }[] = [];
  for (const mask of masks) {
    const [image, ...others] = imagesOf.get(mask) ?? [];
    if (image === undefined) skipped.push({ path: mask, reason: 'A mask without an image of its name.' });
    else if (others.length > 0) {
      const names = [image, ...others].map(nameOf).join(' and ');
      skipped.push({ path: mask, reason: `It fits several images, ${names}: rename the others.` });
    } else add(masksOf, image, mask);
  }
  return { masksOf, skipped };
};

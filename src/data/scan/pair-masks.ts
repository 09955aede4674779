/** Pairs the masks of `ground_truth/<defect>/` with the images of `test/<defect>/`, by defect and stem. */
import type { SkippedFile } from '#core/dataset.ts';
import { comparable, composed, stemOf } from '#core/layout/file-names.ts';

/** A file of a category, with its position in the layout. */
export interface PlacedFile {
  /** Path inside the category. */
  readonly path: string;
  readonly name: string;
  /** Its folder below train, test or ground_truth, as written. */
  readonly group: string;
  readonly file: File;
}

/** Masks by the path of their image, and masks without an image. */
export interface PairedMasks {
  readonly maskOf: ReadonlyMap<string, PlacedFile>;
  readonly skippedFiles: readonly SkippedFile[];
}

const maskSuffix = '_mask';

/** The stem without MVTec's suffix, whatever its case; undefined if it has none. */
const withoutSuffix = (stem: string): string | undefined =>
  stem.toLowerCase().endsWith(maskSuffix) ? stem.slice(0, -maskSuffix.length) : undefined;

const keyOf = ({ group }: PlacedFile, stem: string, suffix = ''): string =>
  `${comparable(group)}/${composed(stem)}${suffix}`;

/** A mask's key: its suffix in lower case. */
const maskKeyOf = (mask: PlacedFile): string => {
  const stem = stemOf(mask.name);
  const imageStem = withoutSuffix(stem);
  return imageStem === undefined ? keyOf(mask, stem) : keyOf(mask, imageStem, maskSuffix);
};

/**
 * Pairs masks and images. `<stem>_mask.png`, MVTec's name, takes precedence over `<stem>.png`. A mask that fits several
 * images (`1.png`, `1.jpg`) is skipped, because it shows one of them.
 * @param images anomalous test images
 */
export const pairMasks = (images: readonly PlacedFile[], masks: readonly PlacedFile[]): PairedMasks => {
  const byGroupAndStem = new Map<string, PlacedFile>();
  const skippedFiles: SkippedFile[] = [];
  for (const mask of masks) {
    const key = maskKeyOf(mask);
    const earlier = byGroupAndStem.get(key);
    if (earlier === undefined) byGroupAndStem.set(key, mask);
    else skippedFiles.push({ path: mask.path, reason: `A second mask beside ${earlier.name}.` });
  }
  const maskOf = new Map<string, PlacedFile>();
  const imagesOf = new Map<PlacedFile, PlacedFile[]>();
  for (const image of images) {
    const stem = stemOf(image.name);
    const mask = byGroupAndStem.get(keyOf(image, stem, maskSuffix)) ?? byGroupAndStem.get(keyOf(image, stem));
    if (mask === undefined) continue;
    const others = imagesOf.get(mask);
    if (others) others.push(image);
    else imagesOf.set(mask, [image]);
  }
  for (const mask of byGroupAndStem.values()) {
    const [image, ...others] = imagesOf.get(mask) ?? [];
    const stem = stemOf(mask.name);
    if (image === undefined) {
      const expected = `test/${mask.group}/${withoutSuffix(stem) ?? stem}`;
      skippedFiles.push({ path: mask.path, reason: `A mask without an image: ${expected} does not exist.` });
    } else if (others.length > 0) {
      const names = [image, ...others].map(({ name }) => name).join(' and ');
      skippedFiles.push({ path: mask.path, reason: `It fits several images, ${names}: rename the others.` });
    } else maskOf.set(image.path, mask);
  }
  return { maskOf, skippedFiles };
};

/** Pairs the masks of `ground_truth/<defect>/` with the images of `test/<defect>/`, by exact defect and stem. */
import type { SkippedFile } from '#core/dataset.ts';
import { stemOf } from './drop-paths.ts';

/** A file of a category, with its position in the layout. */
export interface PlacedFile {
  /** Path inside the category. */
  readonly path: string;
  readonly name: string;
  /** Its folder below train, test or ground_truth. */
  readonly group: string;
  readonly file: File;
}

/** Masks by the path of their image, and masks without an image. */
export interface PairedMasks {
  readonly maskOf: ReadonlyMap<string, PlacedFile>;
  readonly skippedFiles: readonly SkippedFile[];
}

const maskSuffix = '_mask';

/**
 * Pairs masks and images. `<stem>_mask.png`, MVTec's name, takes precedence over `<stem>.png`.
 * @param images anomalous test images
 */
export const pairMasks = (images: readonly PlacedFile[], masks: readonly PlacedFile[]): PairedMasks => {
  const byGroupAndStem = new Map<string, PlacedFile>();
  const skippedFiles: SkippedFile[] = [];
  for (const mask of masks) {
    const key = `${mask.group}/${stemOf(mask.name)}`;
    const earlier = byGroupAndStem.get(key);
    if (earlier === undefined) byGroupAndStem.set(key, mask);
    else skippedFiles.push({ path: mask.path, reason: `A second mask beside ${earlier.name}.` });
  }
  const maskOf = new Map<string, PlacedFile>();
  const used = new Set<PlacedFile>();
  for (const image of images) {
    const key = `${image.group}/${stemOf(image.name)}`;
    const mask = byGroupAndStem.get(key + maskSuffix) ?? byGroupAndStem.get(key);
    if (mask === undefined) continue;
    maskOf.set(image.path, mask);
    used.add(mask);
  }
  for (const mask of byGroupAndStem.values()) {
    if (used.has(mask)) continue;
    const stem = stemOf(mask.name);
    const imageStem = stem.endsWith(maskSuffix) ? stem.slice(0, -maskSuffix.length) : stem;
    skippedFiles.push({
      path: mask.path,
      reason: `A mask without an image: test/${mask.group}/${imageStem} does not exist.`,
    });
  }
  return { maskOf, skippedFiles };
};

/** Counts of pixels at every threshold that finds a defect pixel: the basis of pixel AUROC and AU-PRO. */
import type { UndefinedMetric } from './operating-points.ts';
import type { PixelRanking } from './pixel-ranking.ts';

/**
 * One entry per distinct score among the defect pixels, from the highest down. Thresholds in between only add false positives:
 * the curve is level between entries, so these describe it completely.
 */
export interface PixelOperatingPoints {
  readonly defined: true;
  /** Pixels outside any defect, at least 1. */
  readonly normalPixels: number;
  /** Pixels inside defects, at least 1. */
  readonly defectPixels: number;
  /** Connected defect regions, at least 1. */
  readonly regions: number;
  /** Normal pixels with a higher score. */
  readonly normalsAbove: Uint32Array;
  /** Normal pixels with this score. */
  readonly normalsTied: Uint32Array;
  /** Defect pixels with this score. */
  readonly defectsTied: Uint32Array;
  /** The contribution of these defect pixels to the sum, over regions, of the fraction found. */
  readonly overlapGained: Float64Array;
}

/** The number of images in a selection, and the number that it must omit. */
export interface PixelCoverage {
  readonly images: number;
  readonly imagesWithoutMask: number;
  readonly regions: number;
}

/** Groups of a ranking whose pixels are evaluated together. */
type Selection = ReadonlySet<number>;

/** The selection of all groups, or of one defect type with the good images. */
export const selectGroups = ({ groups }: PixelRanking, defectType?: string): Selection =>
  new Set(
    Array.from(groups.keys()).filter(
      (group) =>
        defectType === undefined ||
        groups[group].defectType === undefined ||
        groups[group].defectType === defectType,
    ),
  );

/** Counts the images of a selection. */
export const coverageOf = (ranking: PixelRanking, selection: Selection): PixelCoverage => {
  const groups = ranking.groups.filter((_, group) => selection.has(group));
  return {
    images: groups.reduce((sum, { images }) => sum + images, 0),
    imagesWithoutMask: groups.reduce((sum, { imagesWithoutMask }) => sum + imagesWithoutMask, 0),
    regions: ranking.regionGroups.filter((group) => selection.has(group)).length,
  };
};

const whyUndefined = (
  ranking: PixelRanking,
  selection: Selection,
  normalPixels: number,
): string | undefined => {
  const anomalous = ranking.groups.filter(
    ({ defectType }, group) => defectType !== undefined && selection.has(group),
  );
  const withMask = anomalous.reduce((sum, { images }) => sum + images, 0);
  const without = anomalous.reduce((sum, { imagesWithoutMask }) => sum + imagesWithoutMask, 0);
  const { regions } = coverageOf(ranking, selection);
  if (withMask + without === 0) return 'There are no anomalous images; pixel metrics need some, with masks.';
  if (withMask === 0) {
    return without === 1
      ? 'The only anomalous image has no mask.'
      : `None of the ${without} anomalous images has a mask.`;
  }
  if (regions === 0) return 'The masks have no defect pixel.';
  if (normalPixels === 0) return 'All pixels are inside defects; normal ones are needed too.';
  return undefined;
};

/**
 * Computes the operating points of a selection by one walk down the sorted pixels of its groups.
 * Memory: 20 bytes per defect pixel.
 * @returns undefined, with the reason, if the selection has no anomalous image, no mask, no defect pixel or no normal pixel
 */
export const pixelOperatingPoints = (
  ranking: PixelRanking,
  selection: Selection,
): PixelOperatingPoints | UndefinedMetric => {
  const { defectKeys, defectRegions, regionSizes, regionGroups } = ranking;
  const normals = ranking.groups.filter((_, group) => selection.has(group)).map((group) => group.normalKeys);
  const normalPixels = normals.reduce((sum, keys) => sum + keys.length, 0);
  const reason = whyUndefined(ranking, selection, normalPixels);
  if (reason !== undefined) return { defined: false, reason };

  const shareOfRegion = Float64Array.from(regionSizes, (size, region) =>
    selection.has(regionGroups[region]) ? 1 / size : 0,
  );
  const selectedSizes = regionSizes.filter((_, region) => shareOfRegion[region] > 0);
  const defectPixels = selectedSizes.reduce((sum, size) => sum + size, 0);
  const normalsAbove = new Uint32Array(defectPixels);
  const normalsTied = new Uint32Array(defectPixels);
  const defectsTied = new Uint32Array(defectPixels);
  const overlapGained = new Float64Array(defectPixels);

  // Position of the next key, downward, in each group.
  const next = normals.map((keys) => keys.length - 1);
  let passed = 0;
  /** Walks past all normal pixels whose key is at least `least`. */
  const passNormals = (least: number): void => {
    for (let group = 0; group < normals.length; group++) {
      const keys = normals[group];
      let index = next[group];
      while (index >= 0 && keys[index] >= least) index--;
      passed += next[group] - index;
      next[group] = index;
    }
  };

  let count = 0;
  for (let index = defectKeys.length - 1; index >= 0; ) {
    const key = defectKeys[index];
    let tied = 0;
    let gained = 0;
    for (; index >= 0 && defectKeys[index] === key; index--) {
      const share = shareOfRegion[defectRegions[index]];
      if (share === 0) continue;
      tied++;
      gained += share;
    }
    if (tied === 0) continue;
    // The keys of finite scores are below the largest int32, so key + 1 does not overflow.
    passNormals(key + 1);
    normalsAbove[count] = passed;
    passNormals(key);
    normalsTied[count] = passed - normalsAbove[count];
    defectsTied[count] = tied;
    overlapGained[count] = gained;
    count++;
  }
  return {
    defined: true,
    normalPixels,
    defectPixels,
    regions: selectedSizes.length,
    normalsAbove: normalsAbove.subarray(0, count),
    normalsTied: normalsTied.subarray(0, count),
    defectsTied: defectsTied.subarray(0, count),
    overlapGained: overlapGained.subarray(0, count),
  };
};

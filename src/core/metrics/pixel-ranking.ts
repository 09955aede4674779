/** All pixels of a test set, sorted by score and packed, so that every pixel metric is one walk along them. */
import { ResiduaError } from '../errors.ts';
import type { Rectangle } from '../picture-region.ts';
import { connectedComponents } from './connected-components.ts';
import { orderedKey, radixSort } from './radix-sort.ts';

/** A test image's anomaly map, with the image's labels. */
export interface ScoredMap {
  /** Names the image in errors. */
  readonly path: string;
  readonly defectType: string;
  readonly anomalous: boolean;
  /** Its size, if it is not [S, S]. */
  readonly size?: Pick<Rectangle, 'width' | 'height'>;
  /** Score of each pixel, [S, S] row-major, any range; higher means more anomalous. */
  readonly map: Float32Array;
  /** Of the same size, nonzero inside the defect; undefined if there is no mask. Ignored if the image is normal. */
  readonly mask: Uint8Array | undefined;
  /** The pixels that count; absent: all. The mask is 0 outside. */
  readonly part?: Rectangle;
}

/** The pixels outside any defect in one kind of image: the good images, or the images of one defect type. */
export interface PixelGroup {
  /** Undefined for the good images. */
  readonly defectType: string | undefined;
  /** Images whose pixels are in the ranking. */
  readonly images: number;
  /** Anomalous images without a mask. Their normal pixels are unknown, so they are omitted. */
  readonly imagesWithoutMask: number;
  /** Keys (`orderedKey`) of the scores, ascending. */
  readonly normalKeys: Int32Array;
}

/** Sorted pixels: normal ones in groups, and all defect pixels together, each with its region. */
export interface PixelRanking {
  /** The good images first, then each defect type in the order of first appearance. */
  readonly groups: readonly PixelGroup[];
  /** Keys of the defect pixels, ascending. */
  readonly defectKeys: Int32Array;
  /** Region of each defect pixel: an index into the lists below. */
  readonly defectRegions: Uint32Array;
  /** Pixels of each region. */
  readonly regionSizes: readonly number[];
  /** Group of each region: an index into `groups`. */
  readonly regionGroups: readonly number[];
}

/** Pixels packed between two progress reports: some tens of milliseconds of work. */
const pixelsBetweenReports = 1 << 20;
/** Fraction of the ranking's time for packing; the rest is the sort. */
const packingShare = 0.7;

/** A map with its own size. */
type SizedMap = ScoredMap & Required<Pick<ScoredMap, 'size'>>;

const sized = (scored: ScoredMap, side: number): SizedMap => {
  const { path, map, mask, size = { width: side, height: side } } = scored;
  const { width, height } = size;
  for (const [what, length] of [
    ['map', map.length],
    ['mask', mask?.length ?? width * height],
  ] as const) {
    if (length !== width * height) {
      throw new RangeError(
        `The ${what} of ${path} has ${length} pixels, but ${width} x ${height} are ${width * height}.`,
      );
    }
  }
  return { ...scored, size };
};

const countDefectPixels = (mask: Uint8Array | undefined): number => {
  let count = 0;
  if (mask) for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] !== 0) count++;
  return count;
};

const notFinite = (path: string, columns: number, pixel: number, value: number): ResiduaError =>
  new ResiduaError(
    'non-finite-score',
    `The anomaly map of ${path} is ${value} at row ${Math.floor(pixel / columns) + 1}, column ${(pixel % columns) + 1}.`,
    'Train again with a lower learning rate, or choose another score: pixel metrics need finite scores.',
  );

/** Counts that are needed before packing. */
interface Tally {
  readonly defectType: string | undefined;
  readonly ranked: SizedMap[];
  imagesWithoutMask: number;
  normalPixels: number;
}

/** The pixels that count. */
const partOf = ({ part, size }: SizedMap): Rectangle => part ?? { left: 0, top: 0, ...size };

const tallyGroups = (images: readonly ScoredMap[], side: number): { tallies: Tally[]; defects: number } => {
  const tallies = new Map<string | undefined, Tally>();
  const tallyOf = (defectType: string | undefined): Tally => {
    const tally = tallies.get(defectType) ?? {
      defectType,
      ranked: [],
      imagesWithoutMask: 0,
      normalPixels: 0,
    };
    tallies.set(defectType, tally);
    return tally;
  };
  tallyOf(undefined);
  let defects = 0;
  for (const scored of images) {
    const image = sized(scored, side);
    const tally = tallyOf(image.anomalous ? image.defectType : undefined);
    if (image.anomalous && !image.mask) {
      tally.imagesWithoutMask++;
      continue;
    }
    const defectPixels = image.anomalous ? countDefectPixels(image.mask) : 0;
    tally.ranked.push(image);
    const { width, height } = partOf(image);
    tally.normalPixels += width * height - defectPixels;
    defects += defectPixels;
  }
  return { tallies: [...tallies.values()], defects };
};

/**
 * Ranks all pixels of a test set exactly, by one radix sort of the scores' bits, each pixel once. Anomalous images without a
 * mask are omitted and counted. An image whose mask has no defect pixel (because a small side lost it) stays in, as normal
 * pixels.
 *
 * It is a generator that yields the fraction done, 0 to 1, so a worker can report progress and stop between stages.
 * Memory besides the maps and masks: 4 bytes per pixel for the result; 4 bytes per pixel of the largest group while sorting;
 * 16 bytes per defect pixel.
 * @param images in any order; maps and masks are only read
 * @param side S of maps and masks without a size of their own, in pixels
 * @throws ResiduaError `non-finite-score`, naming the first image and pixel with a non-finite score
 * @throws RangeError if a map or a mask has another size, naming the image
 */
export function* rankPixels(images: readonly ScoredMap[], side: number): Generator<number, PixelRanking> {
  const { tallies, defects } = tallyGroups(images, side);
  const defectKeys = new Int32Array(defects);
  const defectRegions = new Uint32Array(defects);
  const regionSizes: number[] = [];
  const regionGroups: number[] = [];
  const rankedImages = tallies.reduce((count, { ranked }) => count + ranked.length, 0);
  let packedImages = 0;
  let packedDefects = 0;
  let unreportedPixels = 0;

  const groups: PixelGroup[] = [];
  for (const [group, { defectType, ranked, imagesWithoutMask, normalPixels }] of tallies.entries()) {
    const normalKeys = new Int32Array(normalPixels);
    let packedNormals = 0;
    for (const image of ranked) {
      const { path, map, mask, anomalous, size } = image;
      const { left, top, width, height } = partOf(image);
      const columns = size.width;
      const bits = new Int32Array(map.buffer, map.byteOffset, map.length);
      const regions = anomalous && mask ? connectedComponents(mask, size.width, size.height) : undefined;
      const regionsBefore = regionSizes.length;
      for (let row = top; row < top + height; row++) {
        for (let pixel = row * columns + left; pixel < row * columns + left + width; pixel++) {
          // All exponent bits are set: infinite or NaN.
          if ((bits[pixel] & 0x7f800000) === 0x7f800000) throw notFinite(path, columns, pixel, map[pixel]);
          const key = orderedKey(bits[pixel]);
          const label = regions ? regions.labels[pixel] : 0;
          if (label === 0) {
            normalKeys[packedNormals++] = key;
          } else {
            defectKeys[packedDefects] = key;
            defectRegions[packedDefects++] = regionsBefore + label - 1;
          }
        }
      }
      for (const size of regions?.sizes ?? []) {
        regionSizes.push(size);
        regionGroups.push(group);
      }
      packedImages++;
      unreportedPixels += bits.length;
      if (unreportedPixels >= pixelsBetweenReports) {
        unreportedPixels = 0;
        yield (packingShare * packedImages) / rankedImages;
      }
    }
    groups.push({ defectType, images: ranked.length, imagesWithoutMask, normalKeys });
  }
  yield packingShare;

  const pixels = groups.reduce((sum, { normalKeys }) => sum + normalKeys.length, defects);
  let sortedPixels = defects;
  radixSort(defectKeys, new Int32Array(defects), defectRegions, new Uint32Array(defects));
  const scratch = new Int32Array(Math.max(...groups.map(({ normalKeys }) => normalKeys.length)));
  for (const { normalKeys } of groups) {
    radixSort(normalKeys, scratch);
    sortedPixels += normalKeys.length;
    yield packingShare + ((1 - packingShare) * sortedPixels) / Math.max(1, pixels);
  }
  return { groups, defectKeys, defectRegions, regionSizes, regionGroups };
}

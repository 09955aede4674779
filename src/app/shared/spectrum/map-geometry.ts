/** The places of epochs and radii on a map: the mean is a strip of its own below the other radii. */

/** The ranges of a map's axes; compared maps share them. */
export interface MapDomain {
  /** First and last epoch, both included. */
  readonly epochs: readonly [number, number];
  /** Number of radii, from 0. */
  readonly radii: number;
}

/** Place on a map: an epoch and a radius. */
export interface MapPlace {
  readonly epoch: number;
  readonly radius: number;
}

/** Radii that the axis of a map names. */
export const tickRadii: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128];

/** Height of the mean's strip, and of the lower end of radius 1, as shares of the map's height. */
const strip = 0.085;
const start = 0.11;

/** Lower edge of a radius's row, 0 to 1, in proportion to log(radius): octaves have the same height. */
export const bottomOf = (radius: number, radii: number): number =>
  radius === 0 ? 0 : start + ((1 - start) * Math.log2(radius)) / Math.log2(Math.max(2, radii));

/** Upper edge of a radius's row. */
export const topOf = (radius: number, radii: number): number =>
  radius === 0 ? strip : bottomOf(radius + 1, radii);

export const middleOf = (radius: number, radii: number): number =>
  (bottomOf(radius, radii) + topOf(radius, radii)) / 2;

/** The radius at a height above the lower edge, 0 to 1; between the strip and radius 1, the nearer of them. */
export const radiusAtHeight = (height: number, radii: number): number => {
  if (height < (strip + start) / 2) return 0;
  const share = Math.max(0, (height - start) / (1 - start));
  return Math.min(radii - 1, Math.floor(Math.max(2, radii) ** share));
};

/** Whether a height is between the strip and radius 1, where nothing is drawn. */
export const isGap = (height: number): boolean => height >= strip && height < start;

/** The epoch at a share of the map's width, 0 to 1. */
export const epochAt = (share: number, { epochs: [first, last] }: MapDomain): number =>
  Math.min(last, Math.max(first, first + Math.floor(share * (last - first + 1))));

/** The middle of an epoch's column, 0 to 1. */
export const columnOf = (epoch: number, { epochs: [first, last] }: MapDomain): number =>
  (epoch - first + 0.5) / (last - first + 1);

/** Columns of the picture: one per epoch, up to the resolution of a screen. */
export const mapColumns = ({ epochs: [first, last] }: MapDomain): number => Math.min(640, last - first + 1);

/** How an image that is not square becomes the square pictures that the model sees. */

/**
 * How an image that is not square becomes square pictures: `squeeze` changes its aspect ratio; `pad` repeats its edges along
 * the shorter side; `crop` keeps the center of the longer side; `tiles` cuts several squares, evenly spaced along the longer side.
 */
export const fits = ['squeeze', 'pad', 'crop', 'tiles'] as const;
export type Fit = (typeof fits)[number];

/** What decides the pixels of a picture, beside the image. */
export interface Framing {
  /** Side S of the picture, in pixels. */
  readonly side: number;
  readonly fit: Fit;
}

/** Whether two framings give the same pictures. */
export const isSameFraming = (one: Framing, other: Framing): boolean =>
  one.side === other.side && one.fit === other.fit;

/** The difference between two framings in words, of the first: `side 64`, or `side 64, fit pad` if the fits differ. */
export const framingWords = ({ side, fit }: Framing, other: Framing): string =>
  fit === other.fit ? `side ${side}` : `side ${side}, fit ${fit}`;

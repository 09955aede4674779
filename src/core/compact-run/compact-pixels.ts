/** Reconstructions of several evaluations with few bits, each predicted from the one before and from its other channels. */
import type { ByteReader, ByteWriter } from './byte-streams.ts';
import { codePlanes, coefficientCount, fitPrediction } from './predicted-planes.ts';
import { decodeWith, encodeWith, type RangeDecoder, type RangeEncoder } from './range-coder.ts';

const channels = 3;
const full = 65_535;

/** One channel of all images: [images, S, S], in levels. */
export type LevelPlanes = readonly Uint8Array[];

/** 16-bit values [images, S, S, 3] as `levels` + 1 levels, channel by channel. */
const quantized = (pixels: Uint16Array, levels: number): Uint8Array[] =>
  Array.from({ length: channels }, (_, channel) =>
    Uint8Array.from({ length: pixels.length / channels }, (_, at) =>
      Math.round((pixels[channels * at + channel] * levels) / full),
    ),
  );

/** The inverse, within half of a level. */
const restored = (planes: LevelPlanes, levels: number): Uint16Array => {
  const pixels = new Uint16Array(channels * planes[0].length);
  planes.forEach((plane, channel) => {
    plane.forEach((level, at) => {
      pixels[channels * at + channel] = Math.round((level * full) / levels);
    });
  });
  return pixels;
};

/** The planes that are known before a channel: those of the evaluation before, and its own earlier channels beside them. */
const knownOf = (own: LevelPlanes, before: LevelPlanes | undefined, channel: number): Uint8Array[] => [
  ...(before ? [before[channel]] : []),
  ...own.slice(0, channel).flatMap((plane, earlier) => (before ? [plane, before[earlier]] : [plane])),
];

/** The levels of the evaluation before at other `levels`. */
const rescaled = (before: Uint16Array | undefined, levels: number): Uint8Array[] | undefined =>
  before && quantized(before, levels);

/**
 * Writes an evaluation.
 * @param pixels [images, S, S, 3], 16 bits
 * @param before the evaluation before as this function returned it; undefined for the first
 * @param levels 1 to 255: the value 1 is this level
 * @returns the pixels as they are read
 */
export const writePixels = (
  encoder: RangeEncoder,
  exact: ByteWriter,
  pixels: Uint16Array,
  before: Uint16Array | undefined,
  { levels, side }: { readonly levels: number; readonly side: number },
): Uint16Array => {
  const own = quantized(pixels, levels);
  const earlier = rescaled(before, levels);
  const shape = { planes: own[0].length / (side * side), side };
  own.forEach((plane, channel) => {
    const known = knownOf(own, earlier, channel);
    const coefficients = fitPrediction(plane, known, shape);
    exact.add(new Uint8Array(coefficients.slice().buffer));
    codePlanes(encodeWith(encoder), plane, known, coefficients, shape);
  });
  return restored(own, levels);
};

/**
 * Reads an evaluation: the pixels of `writePixels`, within half of a level.
 * @param images number of images
 */
export const readPixels = (
  decoder: RangeDecoder,
  exact: ByteReader,
  images: number,
  before: Uint16Array | undefined,
  { levels, side }: { readonly levels: number; readonly side: number },
): Uint16Array => {
  const earlier = rescaled(before, levels);
  const own: Uint8Array[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const known = knownOf(own, earlier, channel);
    const coefficients = new Float32Array(exact.take(4 * coefficientCount(known.length)).buffer);
    const plane = new Uint8Array(images * side * side);
    codePlanes(decodeWith(decoder), plane, known, coefficients, { planes: images, side });
    own.push(plane);
  }
  return restored(own, levels);
};

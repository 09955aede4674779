/** Paints arrays as RGBA bytes for a canvas. */
import { type ColorTable, inferno, levelOf } from './color-map.ts';

/** RGB around 0, [S, S, 3], times `contrast`; 0 is mid-gray, and values beyond black and white are clipped. */
export const paintSigned = (values: Float32Array, contrast: number): Pixels => {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4);
  for (let from = 0, to = 0; from < values.length; from += 3, to += 4) {
    pixels[to] = 127.5 + 255 * contrast * values[from];
    pixels[to + 1] = 127.5 + 255 * contrast * values[from + 1];
    pixels[to + 2] = 127.5 + 255 * contrast * values[from + 2];
    pixels[to + 3] = 255;
  }
  return pixels;
};

export type Pixels = Uint8ClampedArray<ArrayBuffer>;

/** RGB in [0, 1], [S, S, 3], as opaque pixels. */
export const paintRgb = (values: Float32Array): Pixels => {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4);
  for (let from = 0, to = 0; from < values.length; from += 3, to += 4) {
    pixels[to] = values[from] * 255;
    pixels[to + 1] = values[from + 1] * 255;
    pixels[to + 2] = values[from + 2] * 255;
    pixels[to + 3] = 255;
  }
  return pixels;
};

/** A map, [S, S], through a color table from `lower` to `upper`. */
export const paintMap = (
  values: Float32Array | Float64Array,
  table: ColorTable,
  lower: number,
  upper: number,
): Pixels => {
  const pixels = new Uint8ClampedArray(values.length * 4);
  const words = new Uint32Array(pixels.buffer);
  for (let i = 0; i < values.length; i++) words[i] = table[levelOf(values[i], lower, upper)];
  return pixels;
};

/** A squared residual, [S, S], from 0 to `upper`, on a square-root color scale: a linear one would be almost black. */
export const paintResidual = (values: Float32Array, upper: number): Pixels =>
  paintMap(Float64Array.from(values, Math.sqrt), inferno, 0, Math.sqrt(upper));

/** The value at half height of a residual's color bar. */
export const middleOfResidual = (upper: number): number => upper / 4;

/**
 * The residual over the input, more opaque where it is larger, so that the image stays visible elsewhere.
 * @param opacity of the largest residual, 0 to 1
 */
export const paintResidualOver = (
  input: Float32Array,
  residual: Float32Array,
  upper: number,
  opacity: number,
): Pixels => {
  const pixels = paintRgb(input);
  const upperRoot = Math.sqrt(upper);
  for (let i = 0, to = 0; i < residual.length; i++, to += 4) {
    const level = levelOf(Math.sqrt(residual[i]), 0, upperRoot);
    const cover = opacity * Math.sqrt(level / 255);
    const word = inferno[level];
    for (let channel = 0; channel < 3; channel++) {
      const color = (word >>> (8 * channel)) & 255;
      pixels[to + channel] = pixels[to + channel] * (1 - cover) + color * cover;
    }
  }
  return pixels;
};

/** The residual as a layer for any picture below it: transparent where it is 0, opaque at `upper`. */
export const paintResidualLayer = (residual: Float32Array, upper: number): Pixels => {
  const pixels = new Uint8ClampedArray(residual.length * 4);
  const words = new Uint32Array(pixels.buffer);
  const upperRoot = Math.sqrt(upper);
  for (let i = 0; i < residual.length; i++) {
    const level = levelOf(Math.sqrt(residual[i]), 0, upperRoot);
    words[i] = inferno[level];
    pixels[4 * i + 3] = 255 * Math.sqrt(level / 255);
  }
  return pixels;
};

/** The ground truth over the input, in one color. */
export const paintMaskOver = (input: Float32Array, mask: Uint8Array, opacity: number): Pixels => {
  const pixels = paintRgb(input);
  const color = [240, 118, 74];
  for (let i = 0, to = 0; i < mask.length; i++, to += 4) {
    if (mask[i] === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      pixels[to + channel] = pixels[to + channel] * (1 - opacity) + color[channel] * opacity;
    }
  }
  return pixels;
};

/** Largest value of an array of any length; 0 for an empty one. */
export const largest = (values: Float32Array | Float64Array): number => {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
};

/** Stored values of an image, and their conversion to RGB. */
import type { DecodedImage } from './decoded-image.ts';

/** One value per element: gray, gray and alpha, RGB, or RGBA. */
export interface Channels {
  readonly values: Uint8Array | Uint16Array;
  /** Values per pixel: 1, 2, 3 or 4. */
  readonly channels: number;
  /** Largest value: 2^depth - 1. */
  readonly maximum: number;
  /** The color that tRNS declares transparent, if the values have no alpha. */
  readonly keyColor: readonly number[] | undefined;
}

/** RGB bytes on black: round(255 * value / maximum), times alpha / maximum if there is one, in one rounding. */
export const channelsToRgb = (
  { values, channels, maximum, keyColor }: Channels,
  count: number,
): Pick<DecodedImage, 'pixels' | 'transparent'> => {
  if (channels === 3 && maximum === 255 && keyColor === undefined && values instanceof Uint8Array) {
    return { pixels: values, transparent: false };
  }
  const colors = channels < 3 ? 1 : 3;
  const hasAlpha = channels > colors;
  const pixels = new Uint8Array(count * 3);
  let transparent = false;
  for (let pixel = 0; pixel < count; pixel++) {
    const source = pixel * channels;
    let alpha = hasAlpha ? values[source + colors] : maximum;
    if (keyColor !== undefined) {
      let equal = true;
      for (let color = 0; color < colors; color++) {
        equal &&= values[source + color] === keyColor[color];
      }
      if (equal) alpha = 0;
    }
    if (alpha < maximum) transparent = true;
    for (let channel = 0; channel < 3; channel++) {
      const value = values[source + (colors === 1 ? 0 : channel)];
      pixels[pixel * 3 + channel] = Math.round((value * 255 * alpha) / (maximum * maximum));
    }
  }
  return { pixels, transparent };
};

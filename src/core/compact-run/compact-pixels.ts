/** Reconstructions of several evaluations, each predicted from the one before and from its own neighboring pixels. */

const channels = 3;
const full = 65_535;

/** The median of left, above and left + above - corner (LOCO-I), of the change since the evaluation before. */
const predicted = (change: Int16Array, at: number, x: number, y: number, row: number): number => {
  const left = x > 0 ? change[at - channels] : 0;
  const above = y > 0 ? change[at - row] : 0;
  const corner = x > 0 && y > 0 ? change[at - row - channels] : 0;
  if (corner >= Math.max(left, above)) return Math.min(left, above);
  if (corner <= Math.min(left, above)) return Math.max(left, above);
  return left + above - corner;
};

/** Calls a function for each value, in the order of the stored bytes: channel by channel, then image by image. */
const forEachValue = (
  side: number,
  images: number,
  visit: (at: number, stored: number, x: number, y: number) => void,
): void => {
  let stored = 0;
  for (let channel = 0; channel < channels; channel++)
    for (let image = 0; image < images; image++)
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++)
          visit(((image * side + y) * side + x) * channels + channel, stored++, x, y);
};

/** 16-bit values as `levels` + 1 levels. */
const quantized = (pixels: Uint16Array, levels: number): Uint8Array =>
  Uint8Array.from(pixels, (value) => Math.round((value * levels) / full));

/** The inverse, within half of a level. */
const restored = (values: Uint8Array, levels: number): Uint16Array =>
  Uint16Array.from(values, (value) => Math.round((value * full) / levels));

/**
 * Returns one byte for each value: the prediction's error, modulo 256.
 * @param pixels [images, S, S, 3], 16 bits
 * @param before the evaluation before as `unpackChange` returns it; undefined for the first
 * @param levels 1 to 255: the value 1 is this level
 */
export const packChange = (
  pixels: Uint16Array,
  before: Uint16Array | undefined,
  levels: number,
  side: number,
): Uint8Array => {
  const last = before ? quantized(before, levels) : new Uint8Array(pixels.length);
  const change = Int16Array.from(quantized(pixels, levels), (value, i) => value - last[i]);
  const bytes = new Uint8Array(pixels.length);
  forEachValue(side, pixels.length / (channels * side * side), (at, stored, x, y) => {
    bytes[stored] = change[at] - predicted(change, at, x, y, side * channels);
  });
  return bytes;
};

/** Returns the pixels of `packChange`, within half of a level. */
export const unpackChange = (
  bytes: Uint8Array,
  before: Uint16Array | undefined,
  levels: number,
  side: number,
): Uint16Array => {
  const last = before ? quantized(before, levels) : new Uint8Array(bytes.length);
  const change = new Int16Array(bytes.length);
  const values = new Uint8Array(bytes.length);
  forEachValue(side, bytes.length / (channels * side * side), (at, stored, x, y) => {
    // The value is within one byte, so the sum modulo 256 is exact.
    values[at] = last[at] + predicted(change, at, x, y, side * channels) + bytes[stored];
    change[at] = values[at] - last[at];
  });
  return restored(values, levels);
};

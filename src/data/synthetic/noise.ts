/** Repeatable noise for the sample category: the same integers give the same value in every browser. */

/** Hashes three integers to 32 bits, as a signed number. */
export const hashBits = (x: number, y: number, seed: number): number => {
  let value = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b9);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
};

/** Hashes three integers to a value in [0, 1). */
export const hashNoise = (x: number, y: number, seed: number): number =>
  (hashBits(x, y, seed) >>> 0) / 2 ** 32;

/** 0 below `low`, 1 above `high`, smooth in between; `low` may exceed `high`. */
export const smoothStep = (low: number, high: number, value: number): number => {
  const t = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
};

/** Smooth noise in [0, 1) with features about one unit wide. */
export const valueNoise = (x: number, y: number, seed: number): number => {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = smoothStep(0, 1, x - left);
  const down = smoothStep(0, 1, y - top);
  const upper = hashNoise(left, top, seed) * (1 - across) + hashNoise(left + 1, top, seed) * across;
  const lower = hashNoise(left, top + 1, seed) * (1 - across) + hashNoise(left + 1, top + 1, seed) * across;
  return upper * (1 - down) + lower * down;
};

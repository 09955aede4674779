/** Test values made from an integer hash, bit for bit the same as `hash_values` in `golden/golden_values.py`. */

/** A 32-bit hash of an index in a series (multiply-xorshift with the constants of "lowbias32"). */
const hash = (index: number, series: number): number => {
  let bits = (Math.imul(index, 0x9e3779b1) + Math.imul(series, 0x85ebca6b)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b) >>> 0;
  return (bits ^ (bits >>> 16)) >>> 0;
};

/** `count` float32 values spread evenly over [low, high), the same for the same series. */
export const hashValues = (count: number, series: number, low = -1, high = 1): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => low + (high - low) * (hash(index, series) / 2 ** 32));

/** The series for a named tensor: FNV-1a of the name, 32 bits. */
export const seriesOf = (name: string): number => {
  let series = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    series = Math.imul(series ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return series;
};

/** An exact radix sort of many float32 values, by integer keys with the same order. */

/** Bits of a digit in each pass, from the lowest: together 32. */
const digitBits = [11, 11, 10] as const;
const bucketCount = 1 << 11;

/**
 * The int32 sort key of a float32: keys compare like the values, and equal values have equal keys (also -0 and 0). NaN has no
 * place in the order.
 * @param bits the float32's bits as an int32
 */
export const orderedKey = (bits: number): number =>
  // A negative float grows in magnitude with its bits: invert all but its sign. -0 becomes 0.
  bits >= 0 ? bits : bits === -0x80000000 ? 0 : bits ^ 0x7fffffff;

const countDigits = (keys: Int32Array): readonly Uint32Array[] => {
  const [low, middle, high] = [0, 1, 2].map(() => new Uint32Array(bucketCount));
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ^ 0x80000000;
    low[key & 0x7ff]++;
    middle[(key >>> 11) & 0x7ff]++;
    high[key >>> 22]++;
  }
  return [low, middle, high];
};

/** Turns counts into the position of each bucket's first key. */
const placesOf = (counts: Uint32Array): Uint32Array => {
  let place = 0;
  return counts.map((count) => {
    const first = place;
    place += count;
    return first;
  });
};

/**
 * Sorts int32 keys in place, ascending, in linear time (least significant digit first, stable).
 * @param keys the keys, sorted on return
 * @param scratch at least as long as the keys; undefined content on return
 * @param payload one value per key, moved along with it
 * @param payloadScratch as long as the payload; required if a payload is given
 */
export const radixSort = (
  keys: Int32Array,
  scratch: Int32Array,
  payload?: Uint32Array,
  payloadScratch?: Uint32Array,
): void => {
  const counts = countDigits(keys);
  let [from, to] = [keys, scratch];
  let [payloadFrom, payloadTo] = [payload, payloadScratch];
  let shift = 0;
  digitBits.forEach((bits, pass) => {
    const digitShift = shift;
    shift += bits;
    // All keys share this digit: the pass would move nothing.
    if (counts[pass].some((count) => count === keys.length)) return;
    const places = placesOf(counts[pass]);
    if (payloadFrom && payloadTo) {
      scatterWithPayload(from, to, keys.length, places, digitShift, (1 << bits) - 1, payloadFrom, payloadTo);
      [payloadFrom, payloadTo] = [payloadTo, payloadFrom];
    } else {
      scatter(from, to, keys.length, places, digitShift, (1 << bits) - 1);
    }
    [from, to] = [to, from];
  });
  if (from === keys) return;
  keys.set(scratch.subarray(0, keys.length));
  if (payload && payloadScratch) payload.set(payloadScratch.subarray(0, payload.length));
};

const scatter = (
  from: Int32Array,
  to: Int32Array,
  count: number,
  places: Uint32Array,
  shift: number,
  mask: number,
): void => {
  for (let index = 0; index < count; index++) {
    const key = from[index];
    to[places[((key ^ 0x80000000) >>> shift) & mask]++] = key;
  }
};

const scatterWithPayload = (
  from: Int32Array,
  to: Int32Array,
  count: number,
  places: Uint32Array,
  shift: number,
  mask: number,
  payloadFrom: Uint32Array,
  payloadTo: Uint32Array,
): void => {
  for (let index = 0; index < count; index++) {
    const key = from[index];
    const place = places[((key ^ 0x80000000) >>> shift) & mask]++;
    to[place] = key;
    payloadTo[place] = payloadFrom[index];
  }
};

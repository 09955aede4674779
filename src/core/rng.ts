/** The seeded random generator of a run: one stream per purpose, with a serializable state. */

/** The generator's whole state: four unsigned 32-bit words. */
export type RngState = readonly [number, number, number, number];

/** A deterministic source of numbers. Generators with equal seed, stream and history draw equal numbers. */
export interface Rng {
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /**
   * A draw from the standard normal distribution (Box-Muller, float64). It uses `Math.log` and `Math.cos`,
   * so engines may differ in the last bit.
   */
  normal(): number;
  /** A random order of 0 .. length - 1 (Fisher-Yates). */
  shuffle(length: number): Uint32Array;
  /** The state from which `restoreRng` continues. */
  state(): RngState;
}

const warmUpRounds = 15;

/** FNV-1a of the UTF-16 code units, 32 bits. */
const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};

/**
 * Returns a generator that continues from a saved state.
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, period at least 2^32.
 */
export const restoreRng = (saved: RngState): Rng => {
  let [a, b, c, counter] = saved;

  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  const uniform = (): number => next() / 2 ** 32;

  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (length) => {
      const order = Uint32Array.from({ length }, (_, index) => index);
      for (let last = length - 1; last > 0; last--) {
        const chosen = Math.floor(uniform() * (last + 1));
        const value = order[last]!;
        order[last] = order[chosen]!;
        order[chosen] = value;
      }
      return order;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter >>> 0],
  };
};

/**
 * Returns a generator for one purpose of a run.
 * @param seed a whole number from 0 to 2^32 - 1
 */
export const createRng = (seed: number, stream = ''): Rng => {
  const rng = restoreRng([seed >>> 0, hashText(stream), 0x9e3779b9, 1]);
  for (let round = 0; round < warmUpRounds; round++) rng.uniform();
  return rng;
};

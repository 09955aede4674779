/** Which good images a calibration learns from. */

/** The most images that a calibration learns from. */
export const mostCalibrationImages = 256;

/** At most so many of the items, evenly spaced and in order: all of them where they are no more. */
export const evenlySpaced = <T>(items: readonly T[], most: number = mostCalibrationImages): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);

/** Selects the good images that a calibration learns from. */

/** Maximum number of images that a calibration learns from. */
export const mostCalibrationImages = 256;

/** Selects at most this many items, evenly spaced and in order; all items if there are no more than that. */
export const evenlySpaced = <T>(items: readonly T[], most: number = mostCalibrationImages): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);

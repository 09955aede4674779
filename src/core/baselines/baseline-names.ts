/** The names of the baselines: scores of an image without a network. */

/** Statistics of a single image; see `image-statistics.ts`. */
export const statisticNames = ['brightness', 'contrast', 'gradient-energy', 'high-frequency-energy'] as const;

/** Scores of the difference from the mean good training image; see `#training/reference-scores.ts`. */
export const referenceNames = ['mean-image', 'variation-model'] as const;

export const baselineNames = [...statisticNames, ...referenceNames] as const;

export type StatisticName = (typeof statisticNames)[number];
export type ReferenceName = (typeof referenceNames)[number];
export type BaselineName = (typeof baselineNames)[number];

/** What a threshold makes of an image. */

export const outcomes = ['hit', 'miss', 'false-alarm', 'pass'] as const;

/** Anomalous and called so; anomalous and passed; good and called anomalous; good and passed. */
export type Outcome = (typeof outcomes)[number];

/**
 * What becomes of an image at a threshold.
 * @param score of the image; higher means more anomalous
 * @param threshold scores of at least this are called anomalous
 */
export const outcomeOf = (score: number, anomalous: boolean, threshold: number): Outcome => {
  if (score >= threshold) return anomalous ? 'hit' : 'false-alarm';
  return anomalous ? 'miss' : 'pass';
};

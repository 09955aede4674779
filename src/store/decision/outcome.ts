/** The outcome of an image at a threshold. */

export const outcomes = ['caught', 'missed', 'false-alarm', 'pass'] as const;

/** In order: anomalous and flagged; anomalous and passed; good and flagged; good and passed. */
export type Outcome = (typeof outcomes)[number];

/**
 * Returns the outcome of an image at a threshold.
 * @param score of the image; higher means more anomalous
 * @param threshold images with at least this score are flagged as anomalous
 */
export const outcomeOf = (score: number, anomalous: boolean, threshold: number): Outcome => {
  if (score >= threshold) return anomalous ? 'caught' : 'false-alarm';
  return anomalous ? 'missed' : 'pass';
};

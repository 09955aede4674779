/** A metric for each defect type: its images compared with all good ones. */

/** Labels of the images, in the order of their scores. */
export interface ImageLabels {
  readonly defectTypes: readonly string[];
  readonly anomalous: readonly boolean[];
}

/** A value for one defect type. */
export interface OfDefectType<T> {
  readonly defectType: string;
  /** Images of this defect type, without the good images that they are compared with. */
  readonly images: number;
  readonly value: T;
}

/**
 * Evaluates each defect type separately: its images and all normal ones. The values do not average to the overall value,
 * because types differ in size.
 * @param scores one score per image
 * @param labels defect type and class of each image; the type of a normal image is not used
 * @param evaluate any metric of scores and classes, such as `imageAuroc`; it receives all images of the type and all normal
 *   images, in their order
 * @returns one entry per defect type, in the order of first appearance
 * @throws RangeError if the lists differ in length
 */
export const perDefectType = <T>(
  scores: ArrayLike<number>,
  { defectTypes, anomalous }: ImageLabels,
  evaluate: (scores: Float64Array, anomalous: readonly boolean[]) => T,
): OfDefectType<T>[] => {
  if (scores.length !== defectTypes.length || scores.length !== anomalous.length) {
    throw new RangeError(
      `Each score needs a defect type and a class, got ${scores.length} scores, ${defectTypes.length} defect types and ${anomalous.length} classes.`,
    );
  }
  const types = new Set(defectTypes.filter((_, image) => anomalous[image]));
  return Array.from(types, (defectType) => {
    const chosen = Array.from(anomalous.keys()).filter(
      (image) => !anomalous[image] || defectTypes[image] === defectType,
    );
    const classes = chosen.map((image) => anomalous[image]);
    return {
      defectType,
      images: classes.filter(Boolean).length,
      value: evaluate(
        Float64Array.from(chosen, (image) => scores[image]),
        classes,
      ),
    };
  });
};

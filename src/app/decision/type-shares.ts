/** The fraction of each defect type that a threshold catches, and the false alarms among good images. */
import type { ImageLabels } from '#core/metrics/per-defect-type.ts';

export interface TypeShare {
  readonly defectType: string;
  readonly anomalous: boolean;
  readonly images: number;
  /** Images flagged as anomalous: caught if they are anomalous, false alarms if they are good. */
  readonly called: number;
  /** `called` of `images`, in [0, 1]. */
  readonly share: number;
}

/** Defect types, most missed first, then the good images. */
export const typeShares = (
  scores: ArrayLike<number>,
  { defectTypes, anomalous }: ImageLabels,
  threshold: number,
): readonly TypeShare[] => {
  const counts = new Map<string, { anomalous: boolean; images: number; called: number }>();
  defectTypes.forEach((defectType, image) => {
    const count = counts.get(defectType) ?? { anomalous: anomalous[image], images: 0, called: 0 };
    count.images += 1;
    if (scores[image] >= threshold) count.called += 1;
    counts.set(defectType, count);
  });
  return Array.from(counts, ([defectType, count]) => ({
    defectType,
    ...count,
    share: count.called / count.images,
  })).sort(
    (a, b) =>
      Number(b.anomalous) - Number(a.anomalous) ||
      a.share - b.share ||
      b.images - a.images ||
      a.defectType.localeCompare(b.defectType),
  );
};

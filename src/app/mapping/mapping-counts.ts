/** What a mapping gives, in counts. */
import type { PlannedSample } from '#core/layout/plan-samples.ts';

/** Number of images by their use. */
export interface MappingCounts {
  readonly trained: number;
  readonly heldOut: number;
  readonly testedNormal: number;
  readonly defects: number;
  readonly masked: number;
}

export const mappingCounts = (samples: readonly PlannedSample[]): MappingCounts => {
  const count = (isMeant: (sample: PlannedSample) => boolean): number => samples.filter(isMeant).length;
  return {
    trained: count(({ split, heldOut }) => split === 'train' && !heldOut),
    heldOut: count(({ heldOut }) => heldOut),
    testedNormal: count(({ split, anomalous }) => split === 'test' && !anomalous),
    defects: count(({ anomalous }) => anomalous),
    masked: count(({ maskPaths }) => maskPaths.length > 0),
  };
};

/** Up to `most` items, evenly spaced. */
export const someOf = <T>(items: readonly T[], most: number): readonly T[] => {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]);
};

/** Checkpoints in words. */
import type { StoredCheckpoint } from '#store/storage/stored-checkpoint.ts';
import { lossLabels } from '../shared/labels.ts';
import { formatRoughly } from '../ui/format.ts';

/** The run of a checkpoint: `WFDL on pill`, or `race of WFDL and L2 on pill`. */
export const runInWords = ({ losses, categoryName }: StoredCheckpoint): string => {
  const names = losses.map((loss) => lossLabels[loss]);
  const run = names.length > 1 ? `race of ${new Intl.ListFormat('en').format(names)}` : names[0];
  return `${run} on ${categoryName}`;
};

/** Its place in the run: `epoch 34 of 100`. */
export const placeInWords = ({ epoch, epochs }: StoredCheckpoint): string => `epoch ${epoch} of ${epochs}`;

/** Its age: `3 min ago`. @param now milliseconds since 1970 */
export const ageInWords = ({ createdAt }: StoredCheckpoint, now: number): string =>
  `${formatRoughly(Math.max(0, now - createdAt))} ago`;

/** Names of its files: one per contestant, which are opened together. */
export const fileNames = ({ categoryName, epoch, losses }: StoredCheckpoint): readonly string[] =>
  losses.map((_, place) => {
    const part = losses.length > 1 ? `-${place + 1}` : '';
    return `${categoryName}-epoch-${epoch}.checkpoint${part}.bin`;
  });

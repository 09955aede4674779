/** The time that a new run will take, for the Train button. */
import type { RunConfig } from '#core/config.ts';
import { runMs } from '#core/evaluation-work.ts';
import type { RunState } from '#store/run/state.ts';
import { useConfirm } from '../../ui/ConfirmProvider.tsx';
import { formatRoughly } from '../../ui/format.ts';

/** A shorter time needs no announcement. */
const saidFromMs = 60_000;
/** A longer time needs a decision. */
const askedFromMs = 3_600_000;

type Estimated = Pick<RunState, 'estimate'>;

/** Milliseconds of the next run with its rivals; undefined while they are unknown. */
export const newRunMs = ({ estimate }: Estimated): number | undefined =>
  estimate.phase === 'ready' ? estimate.estimate.totalMs : undefined;

/** Milliseconds of this many epochs at the settings of the page; undefined while they are unknown. */
export const epochsMs = (
  { estimate }: Estimated,
  config: Pick<RunConfig, 'epochs' | 'evaluateEvery'>,
): number | undefined => (estimate.phase === 'ready' ? runMs(estimate.estimate, config) : undefined);

/** `about 7 h`; undefined for a time that is unknown or below a minute. */
export const trainTimeText = (run: Estimated): string | undefined => {
  const totalMs = newRunMs(run);
  return totalMs === undefined || totalMs < saidFromMs ? undefined : `about ${formatRoughly(totalMs)}`;
};

/** Returns a function that asks before a long training, and resolves to whether to train. */
export const useAskLong = (): ((totalMs: number | undefined) => Promise<boolean>) => {
  const confirm = useConfirm();
  return async (totalMs) =>
    totalMs === undefined ||
    totalMs < askedFromMs ||
    confirm({
      title: `Train for about ${formatRoughly(totalMs)}?`,
      body: 'The time is estimated for this device, with all evaluations. A smaller side, width or number of epochs takes less, and the presets 1 minute and 10 minutes choose them. You can pause at any time.',
      action: 'Train',
    });
};

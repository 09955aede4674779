/** Before something is done by hand while the queue of Table II runs: asks, and pauses it. */
import { runningEntry } from '#store/table/state.ts';
import { useConfirm } from '../ui/confirm-context.ts';
import { lossLabels } from './loss-labels.ts';
import { useAppStore } from './store-context.ts';

/** A function that resolves to whether one may go on: at once where the queue does not run. */
export const usePauseQueue = (): (() => Promise<boolean>) => {
  const store = useAppStore();
  const confirm = useConfirm();
  return async () => {
    const { table } = store.getState();
    if (table.phase === 'idle') return true;
    const entry = runningEntry(table);
    const agreed = await confirm({
      title: 'Pause the queue of Table II?',
      body: entry
        ? `It is at ${entry.category}, ${lossLabels[entry.loss]}, seed ${entry.seed}. That run starts anew when the queue goes on; what is finished stays.`
        : 'It goes on when you start it again.',
      action: 'Pause and go ahead',
    });
    if (agreed) await store.actions.table.pause();
    return agreed;
  };
};

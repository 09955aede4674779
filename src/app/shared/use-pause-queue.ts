/** Asks before an action disturbs the running Table II queue, and pauses it. */
import { runningEntry, type TableState } from '#store/table/state.ts';
import { type Question, useConfirm } from '../ui/ConfirmProvider.tsx';
import { lossLabels } from './labels.ts';
import { useAppStore } from './store-context.ts';

export const queueQuestion = (table: TableState): Question => {
  const entry = runningEntry(table);
  return {
    title: 'Pause the Table II queue?',
    body: entry
      ? `It is at ${entry.category}, ${lossLabels[entry.loss]}, seed ${entry.seed}. That run starts again when you resume the queue. Finished runs stay.`
      : 'You can resume it later.',
    action: 'Pause queue',
  };
};

/** Returns a function that resolves to whether the action may continue; at once if the queue is not running. */
export const usePauseQueue = (): (() => Promise<boolean>) => {
  const store = useAppStore();
  const confirm = useConfirm();
  return async () => {
    const { table } = store.getState();
    if (table.phase === 'idle') return true;
    const agreed = await confirm(queueQuestion(table));
    if (agreed) await store.actions.table.pause();
    return agreed;
  };
};

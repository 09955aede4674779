/** Asks before something is done by hand while the queue of Table II runs, and pauses it. */
import { runningEntry, type TableState } from '#store/table/state.ts';
import { type Question, useConfirm } from '../ui/ConfirmProvider.tsx';
import { lossLabels } from './labels.ts';
import { useAppStore } from './store-context.ts';

export const queueQuestion = (table: TableState): Question => {
  const entry = runningEntry(table);
  return {
    title: 'Pause the queue of Table II?',
    body: entry
      ? `It is at ${entry.category}, ${lossLabels[entry.loss]}, seed ${entry.seed}. That run starts anew when the queue goes on; what is finished stays.`
      : 'It goes on when you start it again.',
    action: 'Pause and go ahead',
  };
};

/** A function that resolves to whether the action may go on: at once if the queue does not run. */
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

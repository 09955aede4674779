/** Starts the queue; asks first if trained weights from outside the table would be lost. */
import { leadingStatus, losesWeights } from '#store/run/state.ts';
import { isQueueRun } from '#store/table/state.ts';
import { useAppStore } from '../shared/store-context.ts';
import { useConfirm } from '../ui/ConfirmProvider.tsx';

export const useStartQueue = (): (() => Promise<void>) => {
  const store = useAppStore();
  const confirm = useConfirm();
  return async () => {
    const state = store.getState();
    const agreed =
      !losesWeights(state) ||
      isQueueRun(state) ||
      (await confirm({
        title: 'Start the queue?',
        body: `This ends the present run. Its trained weights (${leadingStatus(state.run, state.race).step} steps) are not exported and will be lost.`,
        action: 'Start queue',
      }));
    if (agreed) await store.actions.table.start();
  };
};

/** What the transport's main button does: train, pause, resume, or start anew after a question. */
import { changedSettings } from '#store/run/state.ts';
import { useConfirm } from '../../ui/ConfirmProvider.tsx';
import { useAppStore } from '../store-context.ts';
import { usePauseQueue } from '../use-pause-queue.ts';
import { transportState } from './transport-state.ts';

/** A function for the button, the key and the first visit's card alike; it does nothing where the button is disabled. */
export const useMainAction = (): (() => Promise<void>) => {
  const store = useAppStore();
  const confirm = useConfirm();
  const pauseQueue = usePauseQueue();
  const state = () => {
    const { run, dataset } = store.getState();
    return transportState(run, dataset.loaded !== undefined || dataset.loading !== undefined);
  };
  return async () => {
    const { canMain, mainLabel } = state();
    const actions = store.actions.run;
    if (!canMain) return;
    if (mainLabel === 'Pause') return actions.pause();
    if (!(await pauseQueue())) return;
    const { run } = store.getState();
    const changed = changedSettings(run).length > 0;
    const agreed =
      !state().startLosesWeights ||
      (await confirm({
        title: 'Start a new run?',
        body: `${changed ? 'The settings have changed, so training starts from new weights. ' : ''}The trained weights (${run.status.step} steps) are not exported and would be lost.`,
        action: 'Start a new run',
      }));
    if (agreed) await actions.start();
  };
};

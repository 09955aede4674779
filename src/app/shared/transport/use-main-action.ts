/** The action of the transport's main button: train, pause, resume, or start a new run after a question. */
import { changedSettings, leadingStatus } from '#store/run/state.ts';
import { useConfirm } from '../../ui/ConfirmProvider.tsx';
import { useAppStore } from '../store-context.ts';
import { usePauseQueue } from '../use-pause-queue.ts';
import { newRunMs, useAskLong } from './train-time.ts';
import { transportState } from './transport-state.ts';

/** Returns the action for the button, the key and the first visit's card. It does nothing if the button is disabled. */
export const useMainAction = (): (() => Promise<void>) => {
  const store = useAppStore();
  const confirm = useConfirm();
  const askLong = useAskLong();
  const pauseQueue = usePauseQueue();
  const state = () => {
    const { run, race, dataset } = store.getState();
    return transportState(run, race, dataset.loaded !== undefined || dataset.loading !== undefined);
  };
  return async () => {
    const { canMain, mainLabel } = state();
    const actions = store.actions.run;
    if (!canMain) return;
    if (mainLabel === 'Pause') return actions.pause();
    if (!(await pauseQueue())) return;
    const { run, race } = store.getState();
    const changed = changedSettings(run, race).length > 0;
    const agreed =
      !state().startLosesWeights ||
      (await confirm({
        title: 'Start a new run?',
        body: `${changed ? 'The settings have changed, so training starts from new weights. ' : ''}The trained weights (${leadingStatus(run, race).step} steps) are not exported and will be lost.`,
        action: 'Start a new run',
      }));
    if (!agreed || (mainLabel !== 'Resume' && !(await askLong(newRunMs(run))))) return;
    await actions.start();
  };
};

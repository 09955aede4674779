/** Resumes or discards an interrupted run, and asks first if something would be lost. */
import { losesProgress } from '#store/storage/state.ts';
import type { StoredCheckpoint } from '#store/storage/stored-checkpoint.ts';
import { useApp, useAppStore } from '../shared/store-context.ts';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { placeInWords, runInWords } from './checkpoint-words.ts';

/** Why a run cannot be resumed now; undefined if it can. */
export const useResumeBlocked = (): string | undefined =>
  useApp(({ run, table }) => {
    if (run.task === 'resuming') return 'It is being resumed.';
    if (run.task !== undefined || run.device.phase === 'starting') return 'Another request is under way.';
    if (run.status.phase === 'running') return 'Another run is training. Pause it first.';
    return table.phase === 'idle' ? undefined : 'The queue of Table II is running. Pause it first.';
  });

export const useResume = () => {
  const store = useAppStore();
  const confirm = useConfirm();
  const { storage } = store.actions;
  return {
    resume: async ({ runId }: StoredCheckpoint): Promise<void> => {
      const state = store.getState();
      const agreed =
        !losesProgress(state) ||
        (await confirm({
          title: 'Resume the other run?',
          body: `This ends the present run. Its trained weights (${state.run.status.step} steps) are in no checkpoint and will be lost.`,
          action: 'Resume',
        }));
      if (agreed) await storage.resume(runId);
    },
    discard: async (checkpoint: StoredCheckpoint): Promise<void> => {
      const agreed = await confirm({
        title: 'Discard the checkpoint?',
        body: `The ${runInWords(checkpoint)} at ${placeInWords(checkpoint)} can then no longer be resumed.`,
        action: 'Discard',
      });
      if (agreed) await storage.discard(checkpoint.runId);
    },
  };
};

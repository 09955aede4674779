/** Loading images from the page: asks first where trained weights would be lost or the queue disturbed. */
import type { DroppedFile } from '#store/page-store.ts';
import { hasUnsavedWeights } from '#store/run/state.ts';
import { useConfirm } from '../ui/confirm-context.ts';
import { useAppStore } from './store-context.ts';
import { usePauseQueue } from './use-pause-queue.ts';

export interface Load {
  readonly loadFiles: (files: readonly DroppedFile[]) => Promise<void>;
  readonly loadSample: () => Promise<void>;
  readonly importFiles: (files: readonly File[]) => Promise<void>;
}

export const useLoad = (): Load => {
  const store = useAppStore();
  const confirm = useConfirm();
  const pauseQueue = usePauseQueue();
  const agreed = async (title: string): Promise<boolean> => {
    const { run, table } = store.getState();
    if (table.phase !== 'idle') return pauseQueue();
    if (!hasUnsavedWeights(run)) return true;
    return confirm({
      title,
      body: `It ends the present run. Its trained weights (${run.status.step} steps) are not exported and would be lost.`,
      action: 'Go ahead',
    });
  };
  const { dataset, run } = store.actions;
  return {
    loadFiles: async (files) => {
      if (await agreed('Load other images?')) await dataset.loadFiles(files);
    },
    loadSample: async () => {
      if (await agreed('Load the sample?')) await dataset.loadSample();
    },
    importFiles: async (files) => {
      if (await agreed('Import a model?')) await run.importFiles(files);
    },
  };
};

/** Opens images and models from the page; asks first if weights would be lost or the queue would be interrupted. */
import type { Ask, OpenQuestion } from '#store/open/actions.ts';
import type { DroppedFile } from '#store/page-store.ts';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { useAppStore } from './store-context.ts';
import { queueQuestion } from './use-pause-queue.ts';

export interface Open {
  readonly drop: (files: readonly DroppedFile[]) => void;
  readonly images: (files: readonly DroppedFile[]) => void;
  /** Resolves when the sample is loaded, or the user refused. */
  readonly sample: () => Promise<void>;
  /** Asks again which of the loaded images are what. */
  readonly changeRoles: () => void;
  readonly model: (files: readonly File[]) => void;
}

const titles = {
  images: 'Load other images?',
  sample: 'Load the sample?',
  model: 'Import a model?',
} as const;

export const useOpen = (): Open => {
  const store = useAppStore();
  const confirm = useConfirm();
  const { open } = store.actions;
  const ask: Ask = (question: OpenQuestion) => {
    const { run, table } = store.getState();
    if (question.kind === 'pause-queue') return confirm(queueQuestion(table));
    return confirm({
      title: titles[question.opening],
      body: `This ends the present run. Its trained weights (${run.status.step} steps) are not exported and will be lost.`,
      action: 'Go ahead',
    });
  };
  return {
    drop: (files) => void open.drop(files, ask),
    images: (files) => void open.images(files, ask),
    sample: () => open.sample(ask),
    changeRoles: () => void open.changeRoles(ask),
    model: (files) => void open.model(files, ask),
  };
};

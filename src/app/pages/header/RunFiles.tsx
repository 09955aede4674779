/** The trained model as files: out and in. */

import { useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { hasUnsavedWeights } from '#store/run/state.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { blockedTransport } from '../../shared/transport/blocked-transport.ts';
import { Button } from '../../ui/Button.tsx';
import { useConfirm } from '../../ui/confirm-context.ts';
import { downloadRun } from '../../ui/download.ts';
import { FileInput } from '../../ui/FileInput.tsx';

export const RunFiles = () => {
  const blocked = useApp(
    useShallow(({ run, dataset }) => blockedTransport(run, dataset.loaded !== undefined)),
  );
  const store = useAppStore();
  const { run: actions } = useActions();
  const confirm = useConfirm();
  const input = useRef<HTMLInputElement>(null);

  const chooseFiles = async (): Promise<void> => {
    const { run } = store.getState();
    const agreed =
      !hasUnsavedWeights(run) ||
      (await confirm({
        title: 'Import a model?',
        body: `It takes the place of the trained weights (${run.status.step} steps), which are not exported and would be lost.`,
        action: 'Choose files',
      }));
    if (agreed) input.current?.click();
  };

  const exportFiles = async (): Promise<void> => {
    const exported = await actions.exportRun();
    if (exported) downloadRun(exported);
  };

  return (
    <>
      <Button
        hint="A trained model and its settings: model.json and weights.bin, chosen together. It is evaluated on the loaded images."
        blocked={blocked.import}
        onClick={() => void chooseFiles()}
      >
        Import
      </Button>
      <Button
        hint="Downloads model.json and weights.bin: weights, settings, seed, history, metrics and preprocessing, in the layout of TensorFlow.js."
        blocked={blocked.export}
        onClick={() => void exportFiles()}
      >
        Export
      </Button>
      <FileInput
        ref={input}
        multiple
        accept=".json,.bin"
        label="Model files"
        testId="import-input"
        onFiles={(files) => void actions.importFiles(files)}
      />
    </>
  );
};

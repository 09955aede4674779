/** Export and import of the trained model as files. */

import { useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { presentFileName } from '../../shared/run-file-name.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { blockedTransport } from '../../shared/transport/blocked-transport.ts';
import { useOpen } from '../../shared/use-open.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadRun } from '../../ui/download.ts';
import { FileInput } from '../../ui/FileInput.tsx';

export const RunFiles = () => {
  const blocked = useApp(
    useShallow(({ run, race, dataset }) => blockedTransport(run, race, dataset.loaded !== undefined)),
  );
  const { run: actions } = useActions();
  const store = useAppStore();
  const open = useOpen();
  const input = useRef<HTMLInputElement>(null);

  const exportFiles = async (): Promise<void> => {
    const exported = await actions.exportRun();
    if (exported) downloadRun(presentFileName(store.getState()), exported);
  };

  return (
    <>
      <Button
        hint="A trained model and its settings: the files …model.json and …weights.bin, chosen together, with …past.bin if there is one. It is evaluated on the loaded images."
        blocked={blocked.import}
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
      <Button
        hint="Saves a model.json and a weights.bin with the run’s name: weights, settings, seed, history, metrics and preprocessing, in the layout of TensorFlow.js. A past.bin beside them has the past epochs."
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
        onFiles={open.model}
      />
    </>
  );
};

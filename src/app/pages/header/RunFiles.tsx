/** Export and import of the trained model as files. */
import { lazy, Suspense, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { presentFileName } from '../../shared/run-file-name.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { blockedTransport } from '../../shared/transport/blocked-transport.ts';
import { useOpen } from '../../shared/use-open.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadPart } from '../../ui/download.ts';
import { FileInput } from '../../ui/FileInput.tsx';

const PartsDialog = lazy(() => import('./PartsDialog.tsx'));

export const RunFiles = () => {
  const blocked = useApp(
    useShallow(({ run, race, dataset }) => blockedTransport(run, race, dataset.loaded !== undefined)),
  );
  const { bundle } = useActions();
  const store = useAppStore();
  const open = useOpen();
  const input = useRef<HTMLInputElement>(null);
  const [partsShown, showParts] = useState(false);

  const exportBundle = async (): Promise<void> => {
    const exported = await bundle.zip({ withImages: false, name: presentFileName(store.getState()) });
    if (exported) downloadPart(exported);
  };

  return (
    <>
      <Button
        hint="A trained model with its settings: a bundle (.zip), a .safetensors, an .onnx, or the files …model.json and …weights.bin chosen together. It is evaluated on the loaded images."
        blocked={blocked.import}
        onClick={() => input.current?.click()}
      >
        Import
      </Button>
      <Button
        hint="Saves the run as one .zip: a detector for ONNX, weights for PyTorch and TensorFlow.js, settings, history, scores, metrics, a model card, and a Python file that verifies the scores and trains on."
        blocked={blocked.export}
        onClick={() => void exportBundle()}
      >
        Export
      </Button>
      <Button
        className="parts-button"
        hint="Saves single parts of the bundle, and may put test images into it."
        blocked={blocked.export}
        aria-haspopup="dialog"
        aria-label="Parts of the export…"
        onClick={() => showParts(true)}
      >
        …
      </Button>
      {partsShown && (
        <Suspense fallback={null}>
          <PartsDialog onClose={() => showParts(false)} />
        </Suspense>
      )}
      <FileInput
        ref={input}
        multiple
        accept=".json,.bin,.safetensors,.onnx,.zip"
        label="Model files"
        testId="import-input"
        onFiles={open.model}
      />
    </>
  );
};

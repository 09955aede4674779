/** Lists the parts of the bundle, each with a button that saves it, and asks whether test images may go into it. */
import { useCallback, useEffect, useState } from 'react';
import type { BundlePart } from '#core/bundle/zip-parts.ts';
import { presentFileName } from '../../shared/run-file-name.ts';
import { useActions, useAppStore } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { downloadPart, downloadPartOf } from '../../ui/download.ts';
import { formatBytes } from '../../ui/format.ts';
import { PageDialog } from '../../ui/PageDialog.tsx';
import { SaveMaps } from './SaveMaps.tsx';
import './parts-dialog.css';

type Preparation =
  | { readonly phase: 'preparing' }
  | { readonly phase: 'ready'; readonly parts: readonly BundlePart[] }
  | { readonly phase: 'failed' };

interface PartListProps {
  readonly parts: readonly BundlePart[];
  readonly onSave: (part: BundlePart) => void;
}

/** What each part is for; a part without words is named by its file. */
const purposes: Readonly<Record<string, string>> = {
  'README.md': 'model card',
  'config.json': 'settings',
  'metrics.json': 'metrics, threshold',
  'history.csv': 'losses',
  'evaluations.csv': 'evaluations',
  'scores.csv': 'scores of the test images',
  'images.csv': 'use and hash of each image',
  'mapping.json': 'use and masks of each image, for PyTorch',
  'residua_torch.py': 'verifies and trains on, in PyTorch',
  'model.safetensors': 'weights for PyTorch',
  'model.onnx': 'detector with its score and threshold, for ONNX',
  'calibration.safetensors': 'calibration of the scores',
  'model.json': 'model for TensorFlow.js',
  'weights.bin': 'its weights',
  'past.bin': 'past epochs',
  'examples/expected.safetensors': 'expected reconstructions',
};

const PartList = ({ parts, onSave }: PartListProps) => (
  <ul className="parts-list">
    {parts.map((part) => (
      <li key={part.name}>
        <span className="parts-name">{part.name}</span>
        <span className="parts-purpose">{purposes[part.name] ?? 'test image'}</span>
        <span className="parts-size">{formatBytes(part.bytes.byteLength)}</span>
        <Button tone="bare" aria-label={`Save ${part.name}`} onClick={() => onSave(part)}>
          Save
        </Button>
      </li>
    ))}
  </ul>
);

const PartsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { bundle, run } = useActions();
  const store = useAppStore();
  const [withImages, setWithImages] = useState(false);
  const [preparation, setPreparation] = useState<Preparation>({ phase: 'preparing' });

  const prepare = useCallback(async () => {
    setPreparation({ phase: 'preparing' });
    const parts = await bundle.parts({ withImages });
    setPreparation(parts ? { phase: 'ready', parts } : { phase: 'failed' });
  }, [bundle, withImages]);
  useEffect(() => void prepare(), [prepare]);

  const exportAll = async (): Promise<void> => {
    const exported = await bundle.zip({ withImages, name: presentFileName(store.getState()) });
    if (exported) downloadPart(exported);
  };
  const close = (): void => {
    if (preparation.phase === 'preparing') run.cancel();
    onClose();
  };

  return (
    <PageDialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      className="parts-dialog"
      title="Export"
      description="The latest evaluation with its weights, in one .zip or part by part."
      buttons={
        <Button
          tone="primary"
          blocked={preparation.phase === 'ready' ? undefined : 'Wait until the parts are ready.'}
          onClick={() => void exportAll()}
        >
          Export all
        </Button>
      }
    >
      <label className="parts-images">
        <Checkbox checked={withImages} blocked={preparation.phase === 'preparing'} onChange={setWithImages} />
        <span>
          Ten test images
          <small>
            They allow verifying the scores without the data set. Everyone who gets the bundle can see them.
          </small>
        </span>
      </label>
      {preparation.phase === 'ready' ? (
        <PartList
          parts={preparation.parts}
          onSave={(part) => downloadPartOf(presentFileName(store.getState()), part)}
        />
      ) : (
        <p className="parts-state" role="status">
          {preparation.phase === 'preparing'
            ? 'Preparing the parts…'
            : 'The parts could not be prepared; the message on the page says why.'}
        </p>
      )}
      <SaveMaps blocked={preparation.phase === 'preparing' ? 'Wait until the parts are ready.' : undefined} />
    </PageDialog>
  );
};

export default PartsDialog;

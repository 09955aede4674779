/** Saves the anomaly maps of the test images as TIFF files in one .zip. */
import { useState } from 'react';
import { type MapSize, mapBytes, mapSizes } from '#core/anomaly-maps/map-files.ts';
import { presentFileName } from '../../shared/run-file-name.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { downloadFile } from '../../ui/download.ts';
import { formatBytes } from '../../ui/format.ts';
import { Select } from '../../ui/Select.tsx';

const sizeNames: Readonly<Record<MapSize, string>> = {
  original: 'Size of each image',
  model: 'Size of the model',
};

export const SaveMaps = ({ blocked }: { readonly blocked: string | undefined }) => {
  const { bundle } = useActions();
  const store = useAppStore();
  const loaded = useApp(({ dataset }) => dataset.loaded);
  const [size, setSize] = useState<MapSize>('original');
  const [saving, setSaving] = useState(false);
  const { side, fit } = loaded ?? { side: 0, fit: 'squeeze' as const };
  const images = loaded?.samples.filter(({ split }) => split === 'test') ?? [];

  const save = async (): Promise<void> => {
    setSaving(true);
    const name = `${presentFileName(store.getState())}-anomaly-maps.zip`;
    const archive = await bundle.mapArchive(size);
    setSaving(false);
    if (archive) downloadFile(name, archive, archive.type);
  };

  return (
    <div className="parts-maps">
      <label>
        Anomaly maps
        <Select
          value={size}
          blocked={saving}
          options={mapSizes.map((value) => ({
            value,
            label: `${sizeNames[value]}, ${formatBytes(mapBytes({ side, fit, images }, value))}`,
          }))}
          onChange={setSize}
        />
      </label>
      <Button
        blocked={
          images.length === 0 ? 'The images have no test split.' : saving ? 'Writing the maps.' : blocked
        }
        onClick={() => void save()}
      >
        {saving ? 'Writing…' : 'Save maps'}
      </Button>
      <small>
        float32 TIFF, anomaly_maps/category/test/type/name.tiff: the tree that MVTec’s evaluation reads, at
        the size of each image.{fit === 'crop' && ' Pixels outside the center crop are 0.'}
      </small>
    </div>
  );
};

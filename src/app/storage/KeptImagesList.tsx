/** Whether opened folders are kept as decoded images, and the kept ones. */
import { useId } from 'react';
import { areFromFiles } from '#store/storage/keep-images.ts';
import { keptBytes } from '#store/storage/kept-images.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { rememberKeepsImages } from './keeps-images.ts';

const hint =
  'Keeps the decoded images of opened folders in this browser, at the side of the settings: an interrupted run then resumes without its folder. The last two image sets stay.';

export const KeptImagesList = ({ onOpen }: { readonly onOpen: () => void }) => {
  const id = useId();
  const keepsImages = useApp((state) => state.storage.keepsImages);
  const images = useApp((state) => state.storage.images);
  const running = useApp((state) => state.run.status.phase === 'running');
  const size = useApp(({ dataset: { loaded } }) =>
    loaded && areFromFiles(loaded) ? keptBytes(loaded) : undefined,
  );
  const { storage } = useActions();
  return (
    <>
      <h3>Images</h3>
      <Hint text={hint} side="top">
        <div className="storage-option">
          <Checkbox
            id={id}
            checked={keepsImages}
            onChange={(wanted) => {
              storage.setKeepsImages(wanted);
              rememberKeepsImages(wanted);
            }}
          />
          <label htmlFor={id}>Keep images</label>
          {size !== undefined && (
            <span className="storage-quiet number">{formatBytes(size)} for the open folder</span>
          )}
        </div>
      </Hint>
      {images.length > 0 && (
        <ul className="storage-list number" aria-label="Kept images">
          {images.map(({ name, side, count, bytes }) => (
            <li key={`${name} ${side}`}>
              <p>
                <b>{name}</b>, side {side}
                <span className="storage-quiet">
                  {' '}
                  {formatCount(count, 'image')}, {formatBytes(bytes)}
                </span>
              </p>
              <Button
                tone="bare"
                aria-label={`Open ${name} at side ${side}`}
                hint="Loads these images, and sets the side of the next run to theirs."
                hintSide="top"
                blocked={running ? 'A run is training. Pause it first.' : undefined}
                onClick={() => {
                  onOpen();
                  void storage.openImages({ name, side });
                }}
              >
                Open
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** The browser's storage: its room, its contents by kind, interrupted runs, and kept images. */
import { useEffect } from 'react';
import type { StorageRoom } from '#store/storage/open-storage.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { PageDialog } from '../ui/PageDialog.tsx';
import { CheckpointList } from './CheckpointList.tsx';
import { KeptImagesList } from './KeptImagesList.tsx';
import { StoredKinds } from './StoredKinds.tsx';
import './storage.css';

/** Used and free bytes, and whether the browser may delete them. */
const RoomLine = ({ room: { usedBytes, quotaBytes, persisted } }: { readonly room: StorageRoom }) => {
  const { storage } = useActions();
  const known = usedBytes !== undefined && quotaBytes !== undefined;
  return (
    <div className="storage-room">
      {known && (
        <>
          <meter
            aria-label="Used storage"
            min={0}
            max={quotaBytes}
            value={usedBytes}
            title={`${formatBytes(usedBytes)} of ${formatBytes(quotaBytes)}`}
          />
          <p className="number" data-testid="storage-room">
            {formatBytes(usedBytes)} used, {formatBytes(Math.max(0, quotaBytes - usedBytes))} free
          </p>
        </>
      )}
      <p className="storage-quiet">
        {persisted
          ? 'The browser keeps this until you clear it.'
          : 'The browser may delete all of it if the disk is short of space.'}
      </p>
      {!persisted && (
        <Button
          hint="Asks the browser to keep the storage of this page until you clear it. Some browsers decide without a question."
          onClick={() => void storage.persist()}
        >
          Protect
        </Button>
      )}
    </div>
  );
};

const StorageDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const room = useApp((state) => state.storage.room);
  const unavailable = useApp((state) => state.storage.unavailable);
  const { storage } = useActions();
  useEffect(() => void storage.refresh(), [storage]);
  return (
    <PageDialog
      open
      onOpenChange={(open) => !open && onClose()}
      className="storage-dialog"
      title="Storage"
      description="What this page keeps in your browser. Nothing of it leaves the machine."
    >
      {unavailable ? (
        <p data-testid="storage-unavailable">
          <b>{unavailable.problem}</b> {unavailable.remedy}
        </p>
      ) : (
        <>
          {room && <RoomLine room={room} />}
          <StoredKinds />
          <CheckpointList onResume={onClose} />
          <KeptImagesList onOpen={onClose} />
        </>
      )}
    </PageDialog>
  );
};

export default StorageDialog;

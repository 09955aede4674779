/** Loads the dialog of the browser's storage when it first opens. */
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { setStorageDialog, storageDialog } from '../shared/storage-dialog.ts';

const StorageDialog = lazy(() => import('../storage/StorageDialog.tsx'));

export const LazyStorageDialog = () => {
  const open = useStore(storageDialog, (state) => state.open);
  return open ? (
    <Suspense fallback={null}>
      <StorageDialog onClose={() => setStorageDialog(false)} />
    </Suspense>
  ) : null;
};

/** Dialogs about dropped files. Each loads when it first opens. */
import { lazy, Suspense } from 'react';
import { useApp } from '../shared/store-context.ts';

const CategoryChooser = lazy(() => import('./feedback/CategoryChooser.tsx'));
const MappingDialog = lazy(() => import('../mapping/MappingDialog.tsx'));
const NewImagesDialog = lazy(() => import('../new-images/NewImagesDialog.tsx'));

export const LazyDialogs = () => {
  const pending = useApp((state) => state.dataset.pending);
  const asked = useApp((state) => state.dataset.asked);
  const hasNewImages = useApp((state) => state.newImages.phase !== 'none');
  return (
    <Suspense fallback={null}>
      {pending && <CategoryChooser pending={pending} />}
      {asked && <MappingDialog key={asked.mapped.mapping.name} asked={asked} />}
      {hasNewImages && <NewImagesDialog />}
    </Suspense>
  );
};

/** Loads the dialog of roles with the first folder that needs it. */
import { lazy, Suspense } from 'react';
import { useApp } from '../shared/store-context.ts';

const MappingDialog = lazy(() => import('../mapping/MappingDialog.tsx'));

export const LazyMappingDialog = () => {
  const asked = useApp((state) => state.dataset.asked);
  return asked ? (
    <Suspense fallback={null}>
      <MappingDialog key={asked.mapped.mapping.name} asked={asked} />
    </Suspense>
  ) : null;
};

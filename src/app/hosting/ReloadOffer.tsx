/** Shows the offered reload, and loads the notice when there is one. */
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { hosting } from './hosting-state.ts';

const ReloadNotice = lazy(() => import('./ReloadNotice.tsx'));

export const ReloadOffer = () => {
  const offered = useStore(hosting, ({ offer }) => offer !== 'none');
  return (
    // In the document before its text: screen readers announce only text that is added to it.
    <div role="status">
      {offered && (
        <Suspense fallback={null}>
          <ReloadNotice />
        </Suspense>
      )}
    </div>
  );
};

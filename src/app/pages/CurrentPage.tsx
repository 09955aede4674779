/** The page that is chosen; the bench stays as it was left. */
import { Activity, Suspense } from 'react';
import { useApp } from '../shared/store-context.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { BenchPage } from './layout/BenchPage.tsx';
import { lazyPages, pageLabels } from './pages.ts';

export const CurrentPage = () => {
  const page = useApp((state) => state.view.page);
  const scroll = useScrollRegion('y');
  const Other = page === 'bench' ? undefined : lazyPages[page];
  return (
    <>
      <Activity mode={page === 'bench' ? 'visible' : 'hidden'}>
        <BenchPage />
      </Activity>
      {Other && page !== 'bench' && (
        <main className="other-page" aria-label={pageLabels[page]} {...scroll}>
          <Suspense fallback={<p className="other-page-loading">Opening {pageLabels[page]}…</p>}>
            <Other />
          </Suspense>
        </main>
      )}
    </>
  );
};

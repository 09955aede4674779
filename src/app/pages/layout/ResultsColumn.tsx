/** The results: AUROC, baselines, loss, metrics, threshold, runs, low cut-off, spectral bias. */

import { lazy, Suspense } from 'react';
import { AurocSection } from '../../results/auroc/AurocSection.tsx';
import { useApp } from '../../shared/store-context.ts';
import { useAfterPaint } from '../../ui/use-after-paint.ts';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import './results-column.css';

const SectionLinks = lazy(async () => ({ default: (await import('./SectionLinks.tsx')).SectionLinks }));
const LowerResults = lazy(async () => ({ default: (await import('./LowerResults.tsx')).LowerResults }));
const RaceSection = lazy(() => import('../../race/standings/RaceSection.tsx'));

/** The race's results while there is one. */
const RaceResults = () => {
  const racing = useApp((state) => state.race.rivals.length > 0);
  return (
    racing && (
      <Suspense fallback={null}>
        <RaceSection />
      </Suspense>
    )
  );
};

export const ResultsColumn = () => {
  const isPainted = useAfterPaint();
  return (
    <aside className="charts" aria-label="Results" {...useScrollRegion('y')}>
      {isPainted ? (
        <Suspense fallback={<div className="section-links-place" />}>
          <SectionLinks />
        </Suspense>
      ) : (
        <div className="section-links-place" />
      )}
      <div className="charts-sections">
        <RaceResults />
        <AurocSection />
        {isPainted && (
          <Suspense fallback={null}>
            <LowerResults />
          </Suspense>
        )}
      </div>
    </aside>
  );
};

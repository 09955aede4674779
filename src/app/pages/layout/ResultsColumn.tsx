/** The results: AUROC, baselines, loss, metrics, threshold, runs, low cut-off, spectral bias. */

import { lazy, Suspense } from 'react';
import { AurocSection } from '../../results/auroc/AurocSection.tsx';
import { BaselinesSection } from '../../results/baselines/BaselinesSection.tsx';
import { LossSection } from '../../results/loss/LossSection.tsx';
import { MetricsSection } from '../../results/metrics/MetricsSection.tsx';
import { RunsSection } from '../../runs/RunsSection.tsx';
import { useApp } from '../../shared/store-context.ts';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import './results-column.css';

/** Shown only after a run. */
const ScoreTableSection = lazy(async () => ({
  default: (await import('../../results/metrics/ScoreTableSection.tsx')).ScoreTableSection,
}));

/** The last sections, below what the first paint shows. */
const DecisionSection = lazy(async () => ({
  default: (await import('../../decision/DecisionSection.tsx')).DecisionSection,
}));
const LowCutSection = lazy(async () => ({
  default: (await import('../../results/auroc/LowCutSection.tsx')).LowCutSection,
}));
const SpectralBiasSection = lazy(async () => ({
  default: (await import('../../results/spectral-bias/SpectralBiasSection.tsx')).SpectralBiasSection,
}));

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

export const ResultsColumn = () => (
  <aside className="charts" aria-label="Results" {...useScrollRegion('y')}>
    <div className="charts-sections">
      <RaceResults />
      <AurocSection />
      <BaselinesSection />
      <LossSection />
      <MetricsSection />
      <Suspense fallback={null}>
        <ScoreTableSection />
        <DecisionSection />
      </Suspense>
      <RunsSection />
      <Suspense fallback={null}>
        <LowCutSection />
        <SpectralBiasSection />
      </Suspense>
    </div>
  </aside>
);

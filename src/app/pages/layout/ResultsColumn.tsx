/** The results: AUROC, baselines, loss, metrics, threshold, runs, low cut-off, spectral bias. */

import { lazy, Suspense } from 'react';
import { DecisionSection } from '../../decision/DecisionSection.tsx';
import { AurocSection } from '../../results/auroc/AurocSection.tsx';
import { LowCutSection } from '../../results/auroc/LowCutSection.tsx';
import { BaselinesSection } from '../../results/baselines/BaselinesSection.tsx';
import { LossSection } from '../../results/loss/LossSection.tsx';
import { MetricsSection } from '../../results/metrics/MetricsSection.tsx';
import { RunsSection } from '../../runs/RunsSection.tsx';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import './results-column.css';

/** Shown only after a run. */
const ScoreTableSection = lazy(async () => ({
  default: (await import('../../results/metrics/ScoreTableSection.tsx')).ScoreTableSection,
}));

/** The last section, below what the first paint shows. */
const SpectralBiasSection = lazy(async () => ({
  default: (await import('../../results/spectral-bias/SpectralBiasSection.tsx')).SpectralBiasSection,
}));

export const ResultsColumn = () => (
  <aside className="charts" aria-label="Results" {...useScrollRegion('y')}>
    <div className="charts-sections">
      <AurocSection />
      <BaselinesSection />
      <LossSection />
      <MetricsSection />
      <Suspense fallback={null}>
        <ScoreTableSection />
      </Suspense>
      <DecisionSection />
      <RunsSection />
      <LowCutSection />
      <Suspense fallback={null}>
        <SpectralBiasSection />
      </Suspense>
    </div>
  </aside>
);

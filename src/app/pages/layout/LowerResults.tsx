/** The results below those of the first paint, except those that appear only after a run. */
import { lazy, Suspense } from 'react';
import { DecisionSection } from '../../decision/DecisionSection.tsx';
import { LowCutSection } from '../../results/auroc/LowCutSection.tsx';
import { MetricsSection } from '../../results/metrics/MetricsSection.tsx';
import { SpectralBiasSection } from '../../results/spectral-bias/SpectralBiasSection.tsx';
import { RunsSection } from '../../runs/RunsSection.tsx';

const ScoreTableSection = lazy(async () => ({
  default: (await import('../../results/metrics/ScoreTableSection.tsx')).ScoreTableSection,
}));

export const LowerResults = () => (
  <>
    <MetricsSection />
    <Suspense fallback={null}>
      <ScoreTableSection />
    </Suspense>
    <DecisionSection />
    <RunsSection />
    <LowCutSection />
    <SpectralBiasSection />
  </>
);

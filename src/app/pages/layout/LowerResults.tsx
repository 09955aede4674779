/** The results below the AUROC. Their code loads after the first paint, and that of the score table after a run. */
import { lazy, Suspense } from 'react';
import { DecisionSection } from '../../decision/DecisionSection.tsx';
import { LowCutSection } from '../../results/auroc/LowCutSection.tsx';
import { BaselinesSection } from '../../results/baselines/BaselinesSection.tsx';
import { LossSection } from '../../results/loss/LossSection.tsx';
import { MetricsSection } from '../../results/metrics/MetricsSection.tsx';
import { SpectralBiasSection } from '../../results/spectral-bias/SpectralBiasSection.tsx';
import { RunsSection } from '../../runs/RunsSection.tsx';

const ScoreTableSection = lazy(async () => ({
  default: (await import('../../results/metrics/ScoreTableSection.tsx')).ScoreTableSection,
}));

export const LowerResults = () => (
  <>
    <BaselinesSection />
    <LossSection />
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

/** What one learns: how well the scores tell the classes apart, how the loss falls, how the scores lie, what is learned when. */
import { BaselinesSection } from '../baselines/BaselinesSection.tsx';
import { DecisionSection } from '../decision/DecisionSection.tsx';
import { MetricsSection } from '../metrics/MetricsSection.tsx';
import { RunsSection } from '../runs/RunsSection.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { AurocSection } from './AurocSection.tsx';
import { LossSection } from './LossSection.tsx';
import { LowCutSection } from './LowCutSection.tsx';
import { SpectralBiasSection } from './SpectralBiasSection.tsx';
import './charts.css';

export const Charts = () => (
  <aside className="charts" aria-label="Results" {...useScrollRegion('y')}>
    <div className="charts-sections">
      <AurocSection />
      <BaselinesSection />
      <LossSection />
      <MetricsSection />
      <DecisionSection />
      <RunsSection />
      <LowCutSection />
      <SpectralBiasSection />
    </div>
  </aside>
);

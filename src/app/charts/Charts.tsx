/** What one learns: how well the scores tell the classes apart, how the loss falls, how the scores lie. */
import { useEffect } from 'react';
import { AurocSection } from './AurocSection.tsx';
import { LossSection } from './LossSection.tsx';
import { ScoresSection } from './ScoresSection.tsx';
import './charts.css';

/** The charts' code is fetched once the page stands, so that it is there before the first step. */
const useChartCode = (): void => {
  useEffect(() => {
    const timer = setTimeout(() => {
      void Promise.all([
        import('./AurocChart.tsx'),
        import('./LossChart.tsx'),
        import('./ScoreHistogram.tsx'),
      ]);
    }, 500);
    return () => clearTimeout(timer);
  }, []);
};

export const Charts = () => {
  useChartCode();
  return (
    <aside className="charts" aria-label="Results">
      <AurocSection />
      <LossSection />
      <ScoresSection />
    </aside>
  );
};

/** The place of a chart: it is drawn empty soon after the page stands, so that the first step finds it there. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { oneAtATime } from '../ui/one-at-a-time.ts';
import './chart.css';

interface ChartBodyProps {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  /** Why there is nothing to draw; undefined where there is. */
  readonly empty: string | undefined;
  readonly children: ReactNode;
}

/** The page's first picture does not wait for the charts. */
const firstDrawnAfterMs = 400;

export const ChartBody = ({ label, empty, children }: ChartBodyProps) => {
  const [mounted, setMounted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => oneAtATime(() => setMounted(true)), firstDrawnAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <figure className="chart-body" aria-label={label}>
      {mounted && <Suspense fallback={null}>{children}</Suspense>}
      {empty !== undefined && (
        <p className="chart-empty">
          <span>{empty}</span>
        </p>
      )}
    </figure>
  );
};

/** The place of a chart. An empty chart is drawn soon after the page, to be ready for the first step. */
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { oneAtATime } from '../ui/one-at-a-time.ts';
import './chart.css';

interface ChartBodyProps {
  /** The content of the chart, for readers who cannot see it. */
  readonly label: string;
  /** Why there is nothing to draw; undefined if there is something. */
  readonly empty: string | undefined;
  readonly children: ReactNode;
}

/** The first paint of the page does not wait for the charts. */
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

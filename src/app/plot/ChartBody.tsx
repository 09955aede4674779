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

/** Whether the first paint is over: later charts are drawn at once. */
let afterFirstPaint = false;

export const ChartBody = ({ label, empty, children }: ChartBodyProps) => {
  const [mounted, setMounted] = useState(afterFirstPaint);
  useEffect(() => {
    if (mounted) return;
    const draw = (): void => {
      afterFirstPaint = true;
      setMounted(true);
    };
    const timer = setTimeout(() => oneAtATime(draw), firstDrawnAfterMs);
    return () => clearTimeout(timer);
  }, [mounted]);
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

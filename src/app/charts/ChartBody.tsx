/** The place of a chart: words where there is nothing to draw, and while the chart's code loads. */
import { type ReactNode, Suspense } from 'react';

interface ChartBodyProps {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  /** Why there is nothing to draw; undefined where there is. */
  readonly empty: string | undefined;
  readonly children: ReactNode;
}

export const ChartBody = ({ label, empty, children }: ChartBodyProps) => (
  <figure className="chart-body" aria-label={label}>
    {empty !== undefined ? (
      <p className="chart-empty">{empty}</p>
    ) : (
      <Suspense fallback={<p className="chart-empty">Loading chart</p>}>{children}</Suspense>
    )}
  </figure>
);

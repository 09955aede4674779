/** What the legend of an exported chart says of its curves. */
import type { NamedCurve } from '../CurveTooltip.tsx';
import type { ChartLegendEntry } from './chart-legend.ts';

/** Those that have points, the present run's first. */
export const legendOf = (curves: readonly NamedCurve[]): readonly ChartLegendEntry[] =>
  curves
    .filter(({ points }) => points.length > 0)
    .map(({ name, style }) => ({ name, colour: style.colour, dash: style.dash }))
    .reverse();

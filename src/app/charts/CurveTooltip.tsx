/** What all curves of a chart are at the pointer. */
import { CurveSwatch } from '../runs/CurveSwatch.tsx';
import type { CurveStyle } from '../runs/curve-style.ts';
import { type Curve, pointAt } from './merge-curves.ts';

/** A curve with what a legend says of it. */
export interface NamedCurve extends Curve {
  readonly name: string;
  readonly style: CurveStyle;
}

interface CurveTooltipProps {
  /** Name of the abscissa. */
  readonly axis: string;
  readonly x: number;
  readonly curves: readonly NamedCurve[];
  readonly format: (value: number) => string;
}

export const CurveTooltip = ({ axis, x, curves, format }: CurveTooltipProps) => (
  <div className="chart-tooltip number">
    {axis} {x}
    {curves.map((curve) => {
      const point = pointAt(curve, x);
      return (
        point && (
          <div key={curve.key} className="chart-tooltip-curve">
            <CurveSwatch {...curve.style} /> <span>{curve.name}</span> <b>{format(point.y)}</b>
          </div>
        )
      );
    })}
  </div>
);

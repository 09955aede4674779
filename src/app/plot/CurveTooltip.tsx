/** The values of all curves of a chart at the pointer. */
import { formatFigure } from '../ui/format.ts';
import { CurveSwatch } from './CurveSwatch.tsx';
import { type NamedCurve, pointAt } from './curves.ts';

interface CurveTooltipProps {
  /** Name of the abscissa. */
  readonly axis: string;
  readonly x: number;
  readonly curves: readonly NamedCurve[];
  readonly format: (value: number) => string;
}

export const CurveTooltip = ({ axis, x, curves, format }: CurveTooltipProps) => (
  <table className="chart-tooltip number">
    <thead>
      <tr>
        <th colSpan={3}>
          {axis} {Number.isInteger(x) ? x : formatFigure(x, 4)}
        </th>
      </tr>
    </thead>
    <tbody>
      {curves.map((curve) => {
        const point = pointAt(curve, x);
        return (
          point && (
            <tr key={curve.key} className={curve.faint ? 'chart-tooltip-faint' : undefined}>
              <td>
                <CurveSwatch {...curve.style} />
              </td>
              <th>{curve.name}</th>
              <td>{format(point.y)}</td>
            </tr>
          )
        );
      })}
    </tbody>
  </table>
);

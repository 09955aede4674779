/** The radial curves as items of a figure: axes, grid and a line per contestant. */
import type { CurveStyle } from '../../plot/curve-style.ts';
import type { CurvePoint } from '../../plot/curves.ts';
import { type FigureItem, figureText } from '../../plot/export/figure.ts';
import type { ChartAxis } from '../../plot/ticks.ts';
import { formatFigure } from '../../ui/format.ts';

export interface DrawnCurve {
  readonly points: readonly CurvePoint[];
  readonly style: CurveStyle;
}

interface Frame {
  readonly x: number;
  readonly y: number;
  /** Of the square that the drawing fills, in CSS pixels. */
  readonly size: number;
  readonly abscissa: ChartAxis;
  readonly ordinate: ChartAxis;
  readonly colors: { readonly ink: string; readonly line: string };
}

const margin = { left: 30, right: 4, top: 4, bottom: 16 } as const;

/** Place on a logarithmic axis, 0 to 1, kept inside. */
const shareOf = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(1, Math.max(0, Math.log(value / least) / Math.log(most / least)));

export const radialDrawing = (
  curves: readonly DrawnCurve[],
  { x, y, size, abscissa, ordinate, colors }: Frame,
): readonly FigureItem[] => {
  const width = size - margin.left - margin.right;
  const height = size - margin.top - margin.bottom;
  const [left, top] = [x + margin.left, y + margin.top];
  const xOf = (radius: number): number => width * shareOf(radius, abscissa.domain);
  const yOf = (power: number): number => height * (1 - shareOf(power, ordinate.domain));
  const small = { size: 9, color: colors.ink } as const;
  const grid = (path: string, dash = 'none'): FigureItem => ({
    kind: 'path',
    x: left,
    y: top,
    path,
    color: colors.line,
    width: 0.75,
    dash,
  });
  return [
    ...ordinate.ticks.flatMap((power) => [
      grid(`M0 ${yOf(power).toFixed(1)}h${width}`, power === 1 ? '3 3' : 'none'),
      figureText(left - 4, top + yOf(power) + 3, formatFigure(power, 1), { ...small, anchor: 'end' }),
    ]),
    ...abscissa.ticks.map((radius) =>
      figureText(left + xOf(radius), top + height + 12, String(radius), { ...small, anchor: 'middle' }),
    ),
    ...curves.flatMap(({ points, style }): FigureItem[] =>
      points.length < 2
        ? []
        : [
            {
              kind: 'path',
              x: left,
              y: top,
              path: `M${points.map((point) => `${xOf(point.x).toFixed(2)} ${yOf(point.y).toFixed(2)}`).join('L')}`,
              ...style,
              width: 1.8,
            },
          ],
    ),
  ];
};

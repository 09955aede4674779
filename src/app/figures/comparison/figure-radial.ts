/** The radial curves of the rows, as items of the exported figure. */
import type { FigureItem } from '../../plot/export/figure.ts';
import { figureText } from '../../plot/export/figure.ts';
import { quietInk } from '../../plot/export/figure-parts.ts';
import {
  grownRange,
  heightOfRatio,
  placeOfRadius,
  type RadialCurve,
  radiusTicks,
  ratioAt,
  ratioTicks,
} from '../../plot/radial/radial-axis.ts';
import { formatFigure } from '../../ui/format.ts';

interface RadialFigure {
  readonly curves: readonly RadialCurve[];
  /** Color of a curve on white, by its key. */
  readonly colorOf: (key: string) => string;
  /** Side S of the images. */
  readonly side: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const grid = '#dcddd7';
const labelRoom = 34;
const axisRoom = 26;

/** Lays out the plot within its box: ordinate labels at its left, the axis below. */
export const radialItems = ({ curves, colorOf, side, x, y, width, height }: RadialFigure): FigureItem[] => {
  const corner = Math.round(side / Math.SQRT2);
  const range = grownRange(undefined, curves);
  const [plotWidth, plotHeight] = [width - labelRoom, height - axisRoom];
  const left = x + labelRoom;
  const xOf = (radius: number): number => plotWidth * placeOfRadius(radius, corner);
  const yOf = (ratio: number): number => plotHeight * (1 - heightOfRatio(ratio, range));
  const line = (path: string, color: string, dash = 'none', thick = 1): FigureItem => ({
    kind: 'path',
    ...{ x: left, y, path, color, width: thick, dash },
  });
  const label = (at: number, baseline: number, content: string, anchor: 'middle' | 'end'): FigureItem =>
    figureText(at, baseline, content, { size: 9, color: quietInk, anchor });
  const pathOf = (curve: RadialCurve): string => {
    let path = '';
    let isBroken = true;
    for (let radius = 1; radius < curve.power.length; radius++) {
      const ratio = ratioAt(curve, radius);
      if (Number.isNaN(ratio)) isBroken = true;
      else {
        path += `${isBroken ? 'M' : 'L'}${xOf(radius).toFixed(2)} ${yOf(ratio).toFixed(2)}`;
        isBroken = false;
      }
    }
    return path;
  };
  return [
    ...ratioTicks(range).flatMap((exponent): FigureItem[] => {
      const at = yOf(10 ** exponent);
      return [
        line(`M0 ${at.toFixed(2)}H${plotWidth}`, exponent === 0 ? quietInk : grid),
        label(left - 4, y + at + 3, formatFigure(10 ** exponent, 1), 'end'),
      ];
    }),
    ...radiusTicks(side).flatMap((radius): FigureItem[] => [
      line(`M${xOf(radius).toFixed(2)} 0V${plotHeight}`, grid),
      label(left + xOf(radius), y + plotHeight + 11, String(radius), 'middle'),
    ]),
    ...curves
      .map((curve) => ({ curve, path: pathOf(curve) }))
      .filter(({ path }) => path !== '')
      .map(({ curve, path }) => line(path, colorOf(curve.key), curve.style.dash, 1.6)),
    label(left + plotWidth / 2, y + height - 2, 'radius (cycles per image)', 'middle'),
  ];
};

/** Grid, texts and the weight's shape of radial curves. */
import { formatFigure } from '../../ui/format.ts';
import type { PlotArea } from '../plot-area.ts';
import {
  heightOfRatio,
  meanShare,
  periodText,
  placeOfRadius,
  type RatioRange,
  radiusTicks,
  ratioTicks,
} from './radial-axis.ts';

interface RadialAxesProps {
  readonly area: PlotArea;
  readonly side: number;
  /** The largest radius. */
  readonly corner: number;
  readonly range: RatioRange;
  readonly weight: ArrayLike<number> | undefined;
}

/** The weight as a filled shape, from 0 at the bottom to its maximum at two thirds of the height. */
const weightPath = (weight: ArrayLike<number>, area: PlotArea, corner: number): string => {
  const radii = Array.from({ length: Math.min(weight.length - 1, corner) }, (_, i) => i + 1);
  const most = Math.max(...radii.map((radius) => weight[radius]!));
  if (!(most > 0)) return '';
  const bottom = area.top + area.height;
  const points = radii.map((radius) => {
    const x = area.left + area.width * placeOfRadius(radius, corner);
    return `${x.toFixed(1)} ${(bottom - (0.66 * area.height * weight[radius]!) / most).toFixed(1)}`;
  });
  const left = area.left + area.width * placeOfRadius(1, corner);
  const right = area.left + area.width * placeOfRadius(radii.at(-1)!, corner);
  return `M${left} ${bottom}L${points.join('L')}L${right} ${bottom}Z`;
};

export const RadialAxes = ({ area, side, corner, range, weight }: RadialAxesProps) => {
  const xOf = (radius: number): number => area.left + area.width * placeOfRadius(radius, corner);
  const yOf = (ratio: number): number => area.top + area.height * (1 - heightOfRatio(ratio, range));
  const bottom = area.top + area.height;
  return (
    <>
      <rect
        className="radial-ground page-only"
        x={area.left}
        y={area.top}
        width={area.width}
        height={area.height}
      />
      <rect
        className="radial-mean page-only"
        x={area.left}
        y={area.top}
        width={area.width * meanShare}
        height={area.height}
      />
      {weight && <path className="radial-weight" d={weightPath(weight, area, corner)} />}
      {ratioTicks(range).map((exponent) => (
        <g key={exponent}>
          <path
            className={exponent === 0 ? 'radial-one' : 'radial-grid'}
            d={`M${area.left} ${yOf(10 ** exponent)}h${area.width}`}
          />
          <text x={area.left - 6} y={yOf(10 ** exponent) + 3} textAnchor="end">
            {formatFigure(10 ** exponent, 1)}
          </text>
        </g>
      ))}
      <text x={area.left + area.width * meanShare} y={bottom + 14} textAnchor="end">
        mean
      </text>
      {radiusTicks(side).map((radius) => (
        <g key={radius}>
          <path className="radial-grid" d={`M${xOf(radius)} ${area.top}v${area.height}`} />
          <text x={xOf(radius)} y={bottom + 14} textAnchor="middle">
            {radius}
          </text>
          <text x={xOf(radius)} y={area.top - 8} textAnchor="middle">
            {periodText(radius, side)}
          </text>
        </g>
      ))}
      <text x={area.left - 6} y={area.top - 8} textAnchor="end">
        px
      </text>
    </>
  );
};

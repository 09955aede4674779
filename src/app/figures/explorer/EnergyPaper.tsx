/** The energy within a radius as an exported figure has it. */
import { bodyHeight, bodyWidth } from '../../plot/export/figure-size.ts';
import { formatPercent } from '../../ui/format.ts';
import { energyTicks, placeOf } from './energy-axis.ts';
import { largestCutOff } from './explorer-state.ts';

interface EnergyPaperProps {
  readonly side: number;
  readonly energyWithin: Float64Array;
}

const plot = { left: 44, top: 8, width: bodyWidth - 44 - 16, height: bodyHeight - 8 - 22 } as const;
const shares = [0, 0.25, 0.5, 0.75, 1];
const text = { fontSize: 10, fill: 'var(--ink-quiet)' } as const;

export const EnergyPaper = ({ side, energyWithin }: EnergyPaperProps) => {
  const most = largestCutOff(side);
  const xOf = (radius: number): number => plot.left + plot.width * placeOf(Math.min(radius, most), most);
  const yOf = (share: number): number => plot.top + plot.height * (1 - share);
  const points = Array.from(energyWithin, (share, radius) => `${xOf(radius)} ${yOf(share)}`);
  return (
    <svg width={bodyWidth} height={bodyHeight} aria-hidden="true">
      {shares.map((share) => (
        <g key={share}>
          <path d={`M${plot.left} ${yOf(share)}h${plot.width}`} style={{ stroke: 'var(--line)' }} />
          <text x={plot.left - 6} y={yOf(share) + 3} textAnchor="end" style={text}>
            {formatPercent(share)}
          </text>
        </g>
      ))}
      {energyTicks(side).map((radius) => (
        <text key={radius} x={xOf(radius)} y={bodyHeight - 8} textAnchor="middle" style={text}>
          {radius}
        </text>
      ))}
      <path
        d={`M${points.join('L')}`}
        style={{ fill: 'none', stroke: 'var(--accent)', strokeWidth: 2, strokeLinejoin: 'round' }}
      />
    </svg>
  );
};

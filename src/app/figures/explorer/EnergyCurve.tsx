/** The share of the image's energy, without its mean, that lies within each radius; the band is shaded. */

import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { Plot } from '../../plot/Plot.tsx';
import { pathOf, plotArea } from '../../plot/plot-area.ts';
import { formatPercent } from '../../ui/format.ts';
import type { Size } from '../../ui/use-size.ts';
import { cutOffAt, cutOffsOf, explorer, largestCutOff } from './explorer-state.ts';

interface EnergyCurveProps {
  readonly side: number;
  /** Share within r = 0, 1, ...; undefined if the image has a single color. */
  readonly energyWithin: Float64Array | undefined;
}

/** Place of a radius on the axis, 0 to 1: logarithmic, since most energy lies at the lowest radii. */
const placeOf = (radius: number, most: number): number => Math.log1p(radius) / Math.log1p(most);

/** Radii to write below the axis: 0, powers of two up to the image's highest row frequency, and the corner. */
const energyTicks = (side: number): readonly number[] => [
  0,
  ...Array.from({ length: Math.log2(side) }, (_, power) => 2 ** power),
  Math.round(side / Math.SQRT2),
];

/** One row per radius. */
const energyData = (energyWithin: Float64Array | undefined): ChartData => ({
  columns: [
    { key: 'radius', label: 'radius', unit: 'cycles per image' },
    { key: 'share', label: 'share of the energy within' },
  ],
  rows: Array.from(energyWithin ?? [], (share, radius) => ({ radius, share })),
});

/** The strip on the page, and the figure. */
const layouts = {
  strip: { margin: { left: 46, right: 0, top: 0, bottom: 16 }, shares: [0, 0.5, 1] },
  figure: { margin: { left: 44, right: 16, top: 8, bottom: 22 }, shares: [0, 0.25, 0.5, 0.75, 1] },
} as const;
const leastFigureHeight = 160;

const EnergyPlot = ({ side, energyWithin, size }: EnergyCurveProps & { readonly size: Size }) => {
  const state = useStore(explorer);
  const most = largestCutOff(side);
  const isFigure = size.height >= leastFigureHeight;
  const { margin, shares } = layouts[isFigure ? 'figure' : 'strip'];
  const area = useMemo(() => plotArea(size, margin), [size, margin]);
  const line = useMemo(
    () =>
      pathOf(
        area,
        Array.from(energyWithin ?? [], (share, radius) => [placeOf(Math.min(radius, most), most), share]),
      ),
    [area, energyWithin, most],
  );
  const shown = cutOffsOf(state.mode);
  const xOf = (radius: number): number => area.left + area.width * placeOf(radius, most);
  const inner = xOf(shown.includes('inner') ? cutOffAt(state, 'inner', side) : 0);
  const outer = xOf(shown.includes('outer') ? cutOffAt(state, 'outer', side) : most);
  const ticks = energyTicks(side);
  const anchorOf = (index: number): 'start' | 'middle' | 'end' => {
    if (isFigure) return 'middle';
    return index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle';
  };
  return (
    <svg width={size.width} height={size.height} aria-hidden="true">
      <rect
        className="energy-ground page-only"
        x={area.left}
        y={area.top}
        width={area.width}
        height={area.height}
      />
      <rect
        className="energy-band page-only"
        x={inner}
        y={area.top}
        width={Math.max(0, outer - inner)}
        height={area.height}
      />
      {shares.map((share) => {
        const y = area.top + area.height * (1 - share);
        return (
          <g key={share}>
            <path className="energy-grid" d={`M${area.left} ${y}h${area.width}`} />
            <text x={area.left - 6} y={y + 3} textAnchor="end">
              {formatPercent(share)}
            </text>
          </g>
        );
      })}
      {ticks.map((radius, index) => (
        <text
          key={radius}
          x={xOf(Math.min(radius, most))}
          y={area.top + area.height + 14}
          textAnchor={anchorOf(index)}
        >
          {radius}
        </text>
      ))}
      <path className="energy-line" d={line} />
    </svg>
  );
};

export const EnergyCurve = ({ side, energyWithin }: EnergyCurveProps) => {
  const data = useCallback(() => energyData(energyWithin), [energyWithin]);
  const half = energyWithin ? energyWithin.findIndex((share) => share >= 0.5) : -1;
  return (
    <figure className="energy-curve" data-testid="energy-curve">
      <figcaption>
        <b>Energy within a radius</b>
        <span className="number">
          {energyWithin
            ? `without the mean; half of it within ${half} ${half === 1 ? 'cycle' : 'cycles'} per image`
            : 'undefined: the image has one color'}
        </span>
      </figcaption>
      <ChartFrame
        title="Energy within a radius"
        note={`share of the energy without the mean, ${side} px`}
        axes={{ x: 'radius (cycles per image), log(1 + r)', y: 'share of the energy' }}
        label="Energy within a radius"
        empty={energyWithin ? undefined : 'undefined: the image has one color'}
        data={data}
        place="energy-plot"
      >
        <Plot>{(size) => <EnergyPlot {...{ size, side, energyWithin }} />}</Plot>
      </ChartFrame>
    </figure>
  );
};

/** How much of the image's energy beside the mean lies within each radius, with the band shaded. */
import { memo } from 'react';
import { useStore } from 'zustand';
import { cutOffAt, cutOffsOf, explorer, largestCutOff } from './explorer-state.ts';

const width = 1000;
const height = 100;
const shares = [0, 0.5, 1];

interface EnergyCurveProps {
  readonly side: number;
  /** Share within r = 0, 1, ...; undefined where there is no energy beside the mean. */
  readonly energyWithin: Float64Array | undefined;
}

/** Place of a radius on the axis, 0 to 1: logarithmic, since most energy lies at the lowest radii. */
const placeOf = (radius: number, most: number): number => Math.log1p(radius) / Math.log1p(most);

/** Radii to write below the axis: 0, powers of two up to the image's highest row frequency, and the corner. */
const ticksOf = (side: number): readonly number[] => [
  0,
  ...Array.from({ length: Math.log2(side) }, (_, power) => 2 ** power),
  Math.round(side / Math.SQRT2),
];

const Curve = memo(({ side, energyWithin }: EnergyCurveProps) => {
  const most = largestCutOff(side);
  const points = [...(energyWithin ?? [])].map(
    (share, radius) => `${placeOf(Math.min(radius, most), most) * width} ${(1 - share) * height}`,
  );
  return <path className="energy-line" d={points.length > 0 ? `M${points.join('L')}` : ''} />;
});
Curve.displayName = 'Curve';

export const EnergyCurve = ({ side, energyWithin }: EnergyCurveProps) => {
  const state = useStore(explorer);
  const most = largestCutOff(side);
  const shown = cutOffsOf(state.mode);
  const [left, right] = [
    shown.includes('inner') ? cutOffAt(state, 'inner', side) : 0,
    shown.includes('outer') ? cutOffAt(state, 'outer', side) : most,
  ].map((radius) => placeOf(radius, most) * width);
  const half = energyWithin ? energyWithin.findIndex((share) => share >= 0.5) : -1;
  return (
    <figure className="energy-curve" data-testid="energy-curve">
      <figcaption>
        <b>Energy within a radius</b>
        <span className="number">
          {energyWithin
            ? `beside the mean; half of it within ${half} ${half === 1 ? 'cycle' : 'cycles'} per image`
            : 'undefined: the image is of one colour'}
        </span>
      </figcaption>
      <div className="energy-plot">
        <div className="energy-shares number" aria-hidden="true">
          {shares.toReversed().map((share) => (
            <span key={share}>{100 * share} %</span>
          ))}
        </div>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <rect className="energy-band" x={left} width={Math.max(0, right - left)} height={height} />
          {shares.map((share) => (
            <path key={share} className="energy-grid" d={`M0 ${share * height}H${width}`} />
          ))}
          <Curve side={side} energyWithin={energyWithin} />
        </svg>
        <div className="energy-radii number" aria-hidden="true">
          {ticksOf(side).map((radius) => (
            <span key={radius} style={{ left: `${100 * placeOf(radius, most)}%` }}>
              {radius}
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
};

/** How much of the image's energy beside the mean lies within each radius, with the band shaded. */
import { memo, useCallback } from 'react';
import { useStore } from 'zustand';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { EnergyPaper } from './EnergyPaper.tsx';
import { energyData, energyTicks, placeOf } from './energy-axis.ts';
import { cutOffAt, cutOffsOf, explorer, largestCutOff } from './explorer-state.ts';

const width = 1000;
const height = 100;
const shares = [0, 0.5, 1];

interface EnergyCurveProps {
  readonly side: number;
  /** Share within r = 0, 1, ...; undefined where there is no energy beside the mean. */
  readonly energyWithin: Float64Array | undefined;
}

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
  const data = useCallback(() => energyData(energyWithin), [energyWithin]);
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
      <ChartFrame
        title="Energy within a radius"
        note={`share of the energy beside the mean, ${side} px`}
        axes={{ x: 'radius (periods per image), log(1 + r)', y: 'share of the energy' }}
        label="Energy within a radius"
        empty={energyWithin ? undefined : 'undefined: the image is of one colour'}
        paper={energyWithin && <EnergyPaper {...{ side, energyWithin }} />}
        data={data}
        bare
      >
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
            {energyTicks(side).map((radius) => (
              <span key={radius} style={{ left: `${100 * placeOf(radius, most)}%` }}>
                {radius}
              </span>
            ))}
          </div>
        </div>
      </ChartFrame>
    </figure>
  );
};

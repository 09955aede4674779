/** The agreement of the gradient's phases between images, over the radius. */
import { lazy, useCallback, useMemo } from 'react';
import { CurveSwatch } from '../../plot/CurveSwatch.tsx';
import { legendOf, type NamedCurve } from '../../plot/curves.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { curvesData } from '../../plot/frame/chart-data.ts';
import { randomCoherence } from './loss-gradient.ts';
import { comparedCount, type LossStages, stageSide } from './loss-stages.ts';

const CurveChart = lazy(() => import('../../plot/CurveChart.tsx'));

const axes = { x: 'radius (cycles per image)', y: 'phase coherence, 0 to 1' } as const;
const abscissa = { scale: 'linear', domain: [0, 45], ticks: [0, 8, 16, 24, 32, 40] } as const;
const ordinate = { scale: 'linear', domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] } as const;
const random = randomCoherence(comparedCount);
const marks = [{ at: { y: random }, color: 'var(--ink-quiet)' }] as const;
const labelWidth = 34;

const formatCoherence = (value: number): string => value.toFixed(2);

/** The phase of the mean is only its sign. */
const pointsOf = (byRadius: Float64Array) =>
  Array.from(byRadius, (y, x) => ({ x, y })).filter(({ x }) => x > 0);

export const CoherenceChart = ({ stages }: { readonly stages: LossStages }) => {
  const { meanColor, meanImage } = stages.coherence;
  const curves = useMemo(
    (): readonly NamedCurve[] => [
      {
        key: 'meanImage',
        name: 'against the mean of other good images',
        style: { color: 'var(--loss-wfdl)', dash: '6 3' },
        points: pointsOf(meanImage),
      },
      {
        key: 'meanColor',
        name: 'against the mean color',
        style: { color: 'var(--accent)', dash: 'none' },
        points: pointsOf(meanColor),
      },
    ],
    [meanColor, meanImage],
  );
  const data = useCallback(
    () =>
      curvesData(
        { key: 'radius', label: 'radius', unit: 'cycles per image' },
        curves.map((curve) => ({ ...curve, label: `coherence ${curve.name}`, format: formatCoherence })),
      ),
    [curves],
  );
  return (
    <figure className="coherence" aria-label="Phase coherence over the radius">
      <figcaption className="number">
        {curves.toReversed().map(({ key, name, style }) => (
          <span key={key}>
            <CurveSwatch {...style} />
            {name}
          </span>
        ))}
        <span>dashed line: random phases, {formatCoherence(random)}</span>
      </figcaption>
      <ChartFrame
        title="Phase coherence of the gradient"
        note={`${comparedCount} good images of the sample category, ${stageSide} px`}
        label="Phase coherence of the gradient over the radius"
        empty={undefined}
        legend={legendOf(curves)}
        {...{ axes, data }}
      >
        <CurveChart
          {...{ curves, abscissa, ordinate, marks, labelWidth }}
          abscissaName="radius"
          formatTick={formatCoherence}
          formatValue={formatCoherence}
          mostDots={0}
        />
      </ChartFrame>
    </figure>
  );
};

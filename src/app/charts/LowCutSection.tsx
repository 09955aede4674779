/** How the image AUROC follows the low cut-off of the band, for the present run and the kept ones beside it. */
import { lazy, useMemo } from 'react';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { presentStyle } from '../runs/curve-style.ts';
import { useOverlaid, usePresentName } from '../runs/use-overlaid.ts';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';
import type { NamedCurve } from './CurveTooltip.tsx';
import type { CurvePoint } from './merge-curves.ts';

const LowCutChart = lazy(() => import('./LowCutChart.tsx'));

/** The points that have a value. */
const pointsOf = (curve: readonly LowCutPoint[]): readonly CurvePoint[] =>
  curve.flatMap(({ bandLow, imageAuroc }) =>
    imageAuroc.defined ? [{ x: bandLow, y: imageAuroc.value }] : [],
  );

const noPoints: readonly LowCutPoint[] = [];

export const LowCutSection = () => {
  const curve = useApp((state) => state.metrics.lowCut?.points ?? noPoints);
  const ofRuns = useApp((state) => state.metrics.lowCutOfRuns);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const bandLow = useApp((state) => state.run.config.bandLow);
  const overlaid = useOverlaid();
  const presentName = usePresentName();
  const { run: actions } = useActions();
  const points = useMemo(() => pointsOf(curve), [curve]);
  const curves = useMemo((): readonly NamedCurve[] => {
    const others = overlaid.flatMap(({ run, style }) => {
      const known = ofRuns[run.id];
      return known ? [{ key: run.id, name: run.name, style, points: pointsOf(known) }] : [];
    });
    return [...others, { key: 'present', name: presentName, style: presentStyle(loss), points }];
  }, [overlaid, ofRuns, presentName, loss, points]);
  const best = points.reduce<CurvePoint | undefined>(
    (found, point) => (found && found.y >= point.y ? found : point),
    undefined,
  );
  return (
    <Section
      title="AUROC by low cut-off"
      aside={
        best && (
          <span className="chart-figure number">
            best <b>{best.y.toFixed(3)}</b> at {best.x}
          </span>
        )
      }
    >
      <p className="chart-note">lowest radius that the score sees; chosen on test</p>
      <ChartBody
        label={
          best
            ? `AUROC by low cut-off of the band; best ${best.y.toFixed(3)} from radius ${best.x}`
            : 'AUROC by low cut-off of the band'
        }
        empty={curves.some((line) => line.points.length > 0) ? undefined : 'When training has stopped'}
      >
        <LowCutChart
          curves={curves}
          chosen={bandLow}
          onChoose={(cutoff) => actions.setConfig({ bandLow: cutoff })}
        />
      </ChartBody>
    </Section>
  );
};

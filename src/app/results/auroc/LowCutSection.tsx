/** The image AUROC over the low cut-off of the band, for the present run and the overlaid retained runs. */
import { lazy, useCallback, useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { LowCutCurve } from '#store/metrics/state.ts';
import { isBusy, latestEvaluation } from '#store/run/state.ts';
import { presentStyle } from '../../plot/curve-style.ts';
import { type CurvePoint, legendOf, type NamedCurve } from '../../plot/curves.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { curvesData } from '../../plot/frame/chart-data.ts';
import { scoringNotes } from '../../shared/measure/measure-words.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { useFigureName, useFigureNote } from '../../shared/use-figure-note.ts';
import { useOverlaid, withNotes } from '../../shared/use-overlaid.ts';
import { usePartState } from '../../shared/use-shown.ts';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import { WorkProgress } from '../../ui/WorkProgress.tsx';
import { RunLegend } from '../RunLegend.tsx';
import { aurocLabelWidth, chanceMark, useAurocAxis } from './auroc-axis.ts';
import { bestPoint } from './auroc-curves.ts';

const CurveChart = lazy(() => import('../../plot/CurveChart.tsx'));

/** The points that have a value. */
const pointsOf = (curve: readonly LowCutPoint[]): readonly CurvePoint[] =>
  curve.flatMap(({ bandLow, imageAuroc }) =>
    imageAuroc.defined ? [{ x: bandLow, y: imageAuroc.value }] : [],
  );

/** The differences of a curve from the present run's, whatever the low cut-off of each. */
const lowCutNotes = (
  { evaluation, category }: LowCutCurve,
  present: { readonly evaluation: Evaluation; readonly category: string | undefined },
): readonly string[] => {
  const { bandLow } = present.evaluation;
  return [
    ...scoringNotes({ ...evaluation, bandLow }, present.evaluation),
    ...(category === present.category ? [] : [category]),
  ];
};

const noPoints: readonly LowCutPoint[] = [];
const axes = { x: 'lowest radius that the score sees (cycles per image)', y: 'AUROC' } as const;
const radii = [0, 1, 2, 4, 8, 16, 32, 64, 128];
const formatTick = (value: number): string => value.toFixed(2);
const formatAuroc = (value: number): string => value.toFixed(4);

/** The computation's progress, the button to start it after a cancellation, or a note about the curve. */
const LowCutState = () => {
  const underWay = useApp((state) => state.metrics.lowCutUnderWay);
  const isMissing = useApp(({ run, race, metrics }) => {
    const latest = latestEvaluation(run);
    return latest !== undefined && metrics.lowCut?.evaluation !== latest && !isBusy(run, race);
  });
  const { metrics } = useActions();
  if (underWay)
    return (
      <WorkProgress
        label="AUROC by low cut-off"
        progress={underWay.progress}
        cancelHint="Leaves the curve as it is."
        onCancel={metrics.cancelLowCut}
      >
        all cut-offs
      </WorkProgress>
    );
  if (!isMissing) return <span className="chart-frame-tools">chosen on test; click to choose</span>;
  return (
    <Button
      tone="bare"
      hint="Scores all test images at every low cut-off of the band."
      onClick={() => void metrics.computeLowCut()}
    >
      Compute the curve
    </Button>
  );
};

export const LowCutSection = () => {
  const veil = usePartState('scores');
  const curve = useApp((state) => state.metrics.lowCut?.points ?? noPoints);
  const ofRuns = useApp((state) => state.metrics.lowCutOfRuns);
  const latest = useApp(({ run }) => latestEvaluation(run));
  const category = useApp((state) => state.dataset.loaded?.category.name);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const bandLow = useApp((state) => state.run.config.bandLow);
  const overlaid = useOverlaid();
  const name = useFigureName();
  const note = useFigureNote();
  const { run: actions } = useActions();
  const points = useMemo(() => pointsOf(curve), [curve]);
  const curves = useMemo((): readonly NamedCurve[] => {
    const others = overlaid.flatMap(({ run, style, stopped }) => {
      const known = ofRuns[run.id];
      if (!known) return [];
      const notes = latest ? lowCutNotes(known, { evaluation: latest, category }) : [];
      const named = withNotes(run.name, [...notes, stopped]);
      return [{ key: run.id, name: named, style, faint: notes.length > 0, points: pointsOf(known.points) }];
    });
    return [...others, { key: 'present', name, style: presentStyle(loss), points }];
  }, [overlaid, ofRuns, latest, category, name, loss, points]);
  // The curve changes most at the lowest radii.
  const abscissa = useMemo(() => {
    const most = Math.max(1, ...curves.flatMap((line) => line.points.at(-1)?.x ?? []));
    return { domain: [0, most], ticks: radii.filter((radius) => radius <= most), scale: 'symlog' } as const;
  }, [curves]);
  const { axis: ordinate, option } = useAurocAxis(curves);
  const marks = useMemo(
    () => [
      ...(ordinate.domain[0] < 0.5 ? [chanceMark] : []),
      ...(points.some(({ x }) => x === bandLow) ? [{ at: { x: bandLow }, color: 'var(--ink)' }] : []),
    ],
    [ordinate, points, bandLow],
  );
  const data = useCallback(
    () =>
      curvesData(
        { key: 'radius', label: 'lowest radius', unit: 'cycles per image' },
        curves.map((line) => ({ ...line, label: `image AUROC, ${line.name}`, format: formatAuroc })),
      ),
    [curves],
  );
  const onChoose = useCallback((cutoff: number) => actions.setConfig({ bandLow: cutoff }), [actions]);
  const best = bestPoint(points);
  const noValue = curve.flatMap(({ imageAuroc }) => (imageAuroc.defined ? [] : [imageAuroc.reason]))[0];
  return (
    <Section
      title="AUROC by low cut-off"
      shown={veil}
      aside={
        best && (
          <span className="chart-figure number">
            best <b>{best.y.toFixed(3)}</b> at {best.x}
          </span>
        )
      }
    >
      <ChartFrame
        title="AUROC by low cut-off"
        {...{ note, axes, data }}
        legend={legendOf(curves)}
        options={[option]}
        tools={<LowCutState />}
        label={
          best
            ? `AUROC by low cut-off of the band; best ${best.y.toFixed(3)} from radius ${best.x}`
            : 'AUROC by low cut-off of the band'
        }
        empty={
          curves.some((line) => line.points.length > 0)
            ? undefined
            : (noValue ?? 'Available when training stops')
        }
      >
        <CurveChart
          {...{ curves, abscissa, ordinate, marks, formatTick, onChoose }}
          abscissaName="from radius"
          formatValue={formatAuroc}
          mostDots={60}
          labelWidth={aurocLabelWidth}
        />
      </ChartFrame>
      <RunLegend
        overlaid={curves.filter(({ key }) => key !== 'present')}
        present={points.length > 0 ? loss : undefined}
      />
    </Section>
  );
};

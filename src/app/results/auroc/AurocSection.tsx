/** Image AUROC: the latest value, the best value, and its course over the epochs. */

import { lazy, Suspense, useCallback, useMemo } from 'react';
import { epochChoiceWords } from '#core/epoch-choice.ts';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { AppState } from '#store/app-state.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { presentConfig } from '#store/run/present-comparison.ts';
import { presentStyle } from '../../plot/curve-style.ts';
import { legendOf } from '../../plot/curves.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { curvesData } from '../../plot/frame/chart-data.ts';
import { countAxis } from '../../plot/ticks.ts';
import { useChooseEpoch, usePastEpochNumber } from '../../shared/epoch-cursor.ts';
import { useMeasure } from '../../shared/measure/use-measure.ts';
import { useRivalRuns } from '../../shared/race/use-rival-runs.ts';
import { useApp } from '../../shared/store-context.ts';
import { useFigureName, useFigureNote } from '../../shared/use-figure-note.ts';
import { useOverlaid } from '../../shared/use-overlaid.ts';
import { usePartState } from '../../shared/use-shown.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import { Section } from '../../ui/Section.tsx';
import { hoverEpoch, useHoveredEpoch } from '../chart-hover.ts';
import { RunChangeNote, useRunChangeMarks } from '../RunChanges.tsx';
import { RunLegend } from '../RunLegend.tsx';
import { AurocBeside } from './AurocBeside.tsx';
import { aurocLabelWidth, chanceMark, useAurocAxis } from './auroc-axis.ts';
import { aurocPoints, bestPoint, otherScoreCurve, withEpochChoices } from './auroc-curves.ts';
import { overlaidAuroc, rivalAuroc } from './overlaid-auroc.ts';
import { referenceCurves } from './reference-curves.ts';

const OtherMeasures = lazy(() => import('./OtherMeasures.tsx'));
const CurveChart = lazy(() => import('../../plot/CurveChart.tsx'));

const selectEvaluations = (state: AppState): readonly Evaluation[] => state.run.history.evaluations;

const chart = 'auroc';
const axes = { x: 'epoch', y: 'AUROC' } as const;
const formatTick = (value: number): string => value.toFixed(2);
const formatAuroc = (value: number): string => value.toFixed(4);
const onHover = (epoch: number | undefined): void => hoverEpoch(chart, epoch);

export const AurocSection = () => {
  const veil = usePartState('scores');
  const evaluations = useThrottled(selectEvaluations, 100);
  const { loss, epochs } = useApp(presentConfig);
  const latest = evaluations.at(-1);
  const overlaid = useOverlaid();
  const rivals = useRivalRuns('evaluations');
  const measure = useMeasure();
  const overlaidIds = useMemo(() => overlaid.map(({ run }) => run.id), [overlaid]);
  const name = useFigureName();
  const note = useFigureNote();
  const hovered = useHoveredEpoch(chart);
  const pastEpoch = usePastEpochNumber();
  const onChoose = useChooseEpoch();
  // Evaluations with another score do not belong to this curve.
  const alike = useMemo(
    () => evaluations.filter((evaluation) => latest && isMadeWith(evaluation, latest)),
    [evaluations, latest],
  );
  const points = useMemo(() => aurocPoints(alike), [alike]);
  const otherScore = useMemo(() => otherScoreCurve(evaluations), [evaluations]);
  const overlaidCurves = useMemo(
    () => [...rivalAuroc(rivals), ...overlaidAuroc(overlaid, measure)],
    [rivals, overlaid, measure],
  );
  const runCurves = useMemo(
    () => [...otherScore, ...overlaidCurves, { key: 'present', name, style: presentStyle(loss), points }],
    [otherScore, overlaidCurves, name, points, loss],
  );
  const abscissa = useMemo(() => {
    const ends = runCurves.flatMap((curve) => curve.points.at(-1)?.x ?? []);
    return {
      ...countAxis(0, ends.length > 0 ? Math.max(...ends) : undefined),
      scale: 'linear' as const,
    };
  }, [runCurves]);
  const baselines = useApp((state) => presentReferences(state.baselines, state.run));
  const references = useMemo(
    () => referenceCurves(baselines, runCurves, abscissa.domain),
    [baselines, runCurves, abscissa],
  );
  const curves = useMemo(() => [...references, ...runCurves], [references, runCurves]);
  const { axis: ordinate, option } = useAurocAxis(curves);
  const stepsPerEpoch = useApp((state) => state.run.summary?.stepsPerEpoch ?? 1);
  const changes = useRunChangeMarks(stepsPerEpoch);
  const marks = useMemo(
    () => [
      ...(ordinate.domain[0] < 0.5 ? [chanceMark] : []),
      ...changes,
      ...(pastEpoch === undefined ? [] : [{ at: { x: pastEpoch }, color: 'var(--accent)' }]),
      ...(hovered === undefined || hovered === pastEpoch
        ? []
        : [{ at: { x: hovered }, color: 'var(--line-strong)' }]),
    ],
    [ordinate, changes, hovered, pastEpoch],
  );
  const data = useCallback(
    () =>
      withEpochChoices(
        curvesData(
          { key: 'epoch', label: 'epoch' },
          // One row per evaluation; before the first, one row for the references alone.
          [...runCurves, ...referenceCurves(baselines, runCurves, points.length > 0 ? [] : [0])].map(
            (curve) => ({ ...curve, label: `image AUROC, ${curve.name}`, format: formatAuroc }),
          ),
        ),
        [...overlaidCurves, { key: 'present', name, evaluations, plannedEpochs: epochs }],
      ),
    [runCurves, baselines, points, overlaidCurves, name, evaluations, epochs],
  );
  const best = bestPoint(points);
  const undefinedBecause = latest && !latest.imageAuroc.defined ? latest.imageAuroc.reason : undefined;
  return (
    <Section
      title="Image AUROC"
      shown={veil}
      aside={
        <span className="chart-figure number">
          {latest && (
            <b
              data-testid="auroc"
              data-defined={latest.imageAuroc.defined}
              data-value={latest.imageAuroc.defined ? latest.imageAuroc.value : undefined}
            >
              {latest.imageAuroc.defined ? latest.imageAuroc.value.toFixed(3) : 'undefined'}
            </b>
          )}
        </span>
      }
    >
      <ChartFrame
        title="Image AUROC"
        {...{ note, axes, data }}
        legend={legendOf(curves)}
        options={[option]}
        tools={
          <span className="chart-frame-tools number">
            {latest ? `epoch ${latest.epoch}, BN ${latest.batchNorm}` : 'on the test images'}
          </span>
        }
        label={[
          best ? `Image AUROC by epoch; best ${best.y.toFixed(3)} at epoch ${best.x}` : 'Image AUROC',
          ...overlaidCurves.map((curve) => curve.name),
          ...references.map(({ name, points }) => `${name} ${points[0].y.toFixed(3)}`),
        ].join('; beside it ')}
        empty={
          overlaidCurves.length > 0 || (references.length > 0 && !undefinedBecause)
            ? undefined
            : (undefinedBecause ?? (points.length === 0 ? 'No evaluation yet' : undefined))
        }
      >
        <CurveChart
          {...{ curves, abscissa, ordinate, marks, formatTick, onHover, onChoose }}
          abscissaName="epoch"
          formatValue={formatAuroc}
          mostDots={40}
          labelWidth={aurocLabelWidth}
        />
      </ChartFrame>
      <RunChangeNote />
      <RunLegend
        overlaid={[...otherScore, ...overlaidCurves]}
        present={points.length > 0 ? loss : undefined}
        references={references}
      />
      {overlaidCurves.some(({ comparable }) => !comparable) && (
        <Suspense fallback={null}>
          <OtherMeasures ids={overlaidIds} />
        </Suspense>
      )}
      <AurocBeside latest={latest} />
      {best && points.length > 1 && (
        <p className="chart-note number">
          best {best.y.toFixed(3)} at epoch {best.x}, {epochChoiceWords['chosen-on-test']}
        </p>
      )}
    </Section>
  );
};

/** The loss of each step: the latest value, and its course over the steps or the epochs. */

import { lazy, useCallback, useMemo } from 'react';
import { hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { skippedSteps } from '#core/run-length.ts';
import { legendOf } from '../../plot/curves.ts';
import { ChartFrame } from '../../plot/frame/ChartFrame.tsx';
import { countAxis } from '../../plot/ticks.ts';
import { useChooseEpoch, usePastEpochNumber } from '../../shared/epoch-cursor.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { useFigureNote } from '../../shared/use-figure-note.ts';
import { useBeside } from '../../shared/use-overlaid.ts';
import { formatCount, formatFigure, formatPercent } from '../../ui/format.ts';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { Section } from '../../ui/Section.tsx';
import { hoverEpoch, useHoveredEpoch } from '../chart-hover.ts';
import { RunChangeNote, useRunChangeMarks } from '../RunChanges.tsx';
import { RunLegend } from '../RunLegend.tsx';
import { lossAxis } from './loss-axis.ts';
import { useLossCurves } from './use-loss-curves.ts';
import { useLossOptions } from './use-loss-options.ts';

const CurveChart = lazy(() => import('../../plot/CurveChart.tsx'));

const chart = 'loss';
const formatTick = (value: number): string => formatFigure(value);
const formatLoss = (value: number): string => formatFigure(value, 4);

export const LossSection = () => {
  const { steps, curves, relative, stepsPerUnit, stepsPerEpoch, data } = useLossCurves();
  const config = useApp((state) => state.run.configured ?? state.run.config);
  const { loss } = config;
  const smoothing = useApp((state) => state.view.lossSmoothing);
  const overlaid = useBeside('evaluations');
  const { view } = useActions();
  const { scale, abscissa: over, options } = useLossOptions();
  const note = useFigureNote();
  const hovered = useHoveredEpoch(chart);
  const abscissa = useMemo(() => {
    const ends = curves.flatMap(({ points }) => points.at(-1)?.x ?? []);
    return {
      ...countAxis(0, ends.length > 0 ? Math.max(...ends) : undefined, over === 'step'),
      scale: 'linear' as const,
    };
  }, [curves, over]);
  const { axis: ordinate, leftOut } = useMemo(() => lossAxis(curves, scale), [curves, scale]);
  const changes = useRunChangeMarks(stepsPerUnit);
  const pastEpoch = usePastEpochNumber();
  const marks = useMemo(() => {
    const markAt = (epoch: number, color: string) => ({
      at: { x: (epoch * stepsPerEpoch) / stepsPerUnit },
      color,
    });
    return [
      ...changes,
      ...(pastEpoch === undefined ? [] : [markAt(pastEpoch, 'var(--accent)')]),
      ...(hovered === undefined || hovered === pastEpoch ? [] : [markAt(hovered, 'var(--line-strong)')]),
    ];
  }, [changes, hovered, pastEpoch, stepsPerEpoch, stepsPerUnit]);
  const chooseEpoch = useChooseEpoch();
  const onChoose = useCallback(
    (x: number) => chooseEpoch((x * stepsPerUnit) / stepsPerEpoch),
    [chooseEpoch, stepsPerEpoch, stepsPerUnit],
  );
  const onHover = useCallback(
    (x: number | undefined) =>
      hoverEpoch(chart, x === undefined ? undefined : (x * stepsPerUnit) / stepsPerEpoch),
    [stepsPerEpoch, stepsPerUnit],
  );
  const skipped = useApp((state) => skippedSteps(state.run.history));
  const latest = steps.at(-1);
  const first = steps.at(0);
  const axes = {
    x: over,
    y: `${relative ? 'loss / first loss' : `loss, ${lossLabels[loss]}${hasCurriculum(config) ? ' by final w' : ''}`}${scale === 'log' ? ', log axis' : ''}`,
  };
  return (
    <Section
      title="Loss"
      aside={
        <span className="chart-figure number">
          {latest && (
            <>
              step {latest.step} <b data-testid="loss-current">{formatFigure(latest.loss)}</b>
            </>
          )}
        </span>
      }
    >
      <ChartFrame
        title="Loss"
        note={[note, ...(smoothing > 0 ? [`smoothed ${formatPercent(smoothing)}`] : [])].join(', ')}
        {...{ axes, data, options }}
        tools={
          <span className="loss-smoothing">
            <span>smooth</span>
            <RangeSlider
              label="Smoothing of the loss curve"
              hint={controlHints.smoothing}
              value={smoothing}
              minimum={0}
              maximum={0.98}
              step={0.02}
              valueText={formatPercent(smoothing)}
              onChange={(lossSmoothing) => view.set({ lossSmoothing })}
            />
          </span>
        }
        legend={legendOf(curves.filter(({ faint }) => !faint))}
        label={[
          first && latest
            ? `Loss per step, from ${formatFigure(first.loss)} to ${formatFigure(latest.loss)} in ${latest.step} steps`
            : 'Loss per step',
          ...overlaid.map(({ name }) => name),
        ].join('; beside it ')}
        empty={latest || overlaid.length > 0 ? undefined : 'No step yet'}
      >
        <CurveChart
          {...{ curves, abscissa, ordinate, marks, formatTick, onHover, onChoose }}
          abscissaName={over}
          formatValue={formatLoss}
          mostDots={1}
          labelWidth={44}
        />
      </ChartFrame>
      {hasCurriculum(config) && (
        <p className="chart-note">By the final weight. The table has the minimized loss too.</p>
      )}
      <RunChangeNote />
      <RunLegend
        overlaid={overlaid.map(({ run, style, name }) => ({ key: run.id, style, name }))}
        present={latest ? loss : undefined}
      />
      {skipped > 0 && (
        <p className="chart-note chart-caution" data-testid="skipped-steps">
          {formatCount(skipped, 'step', 'steps')} skipped: the loss or a gradient was not finite.
        </p>
      )}
      {leftOut > 0 && (
        <p className="chart-note chart-caution">
          {formatCount(leftOut, 'loss', 'losses')} of 0 or below, which a log axis cannot show.
        </p>
      )}
      {relative && (
        <p className="chart-note chart-caution">
          Different objectives are not comparable: each curve is divided by its run's first loss.
        </p>
      )}
    </Section>
  );
};

/** The loss of each step: the latest figure, and its course on a logarithmic axis. */

import { lazy, useMemo } from 'react';
import type { StepRecord } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { shareObjective } from '#store/runs/objective.ts';
import { formatFigure, formatPercent } from '../format.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { useThrottled } from '../hooks/use-throttled.ts';
import { lossLabels } from '../loss-labels.ts';
import { CurveLegend } from '../runs/CurveLegend.tsx';
import { presentStyle } from '../runs/curve-style.ts';
import { useOverlaid, usePresentName } from '../runs/use-overlaid.ts';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';
import { lossSeries } from './loss-series.ts';

const LossChart = lazy(() => import('./LossChart.tsx'));

const selectSteps = (state: AppState): readonly StepRecord[] => state.run.history.steps;

const mostPoints = 200;
/** Fewer for each curve that only lies beside: they are drawn anew with the present one. */
const mostOverlaidPoints = 100;

/** What a curve is divided by: 1, or the run's first loss, so that all curves begin at 1. */
const baseOf = (steps: readonly StepRecord[], relative: boolean): number =>
  relative ? (steps.find(({ loss }) => loss > 0)?.loss ?? 1) : 1;

export const LossSection = () => {
  const steps = useThrottled(selectSteps, 300);
  const config = useApp((state) => state.run.configured ?? state.run.config);
  const { loss } = config;
  const overlaid = useOverlaid();
  const presentName = usePresentName();
  const smoothing = useApp((state) => state.view.lossSmoothing);
  const { view } = useActions();
  const present = steps.length > 0;
  const relative = useMemo(
    () => !shareObjective([...(present ? [config] : []), ...overlaid.map(({ run }) => run.config)]),
    [present, config, overlaid],
  );
  const overlaidCurves = useMemo(
    () =>
      overlaid.map(({ run, style }) => {
        const base = baseOf(run.history.steps, relative);
        const series = lossSeries(run.history.steps, smoothing, mostOverlaidPoints);
        const points = series.map(({ step, smoothed }) => ({ x: step, y: smoothed / base }));
        return { key: run.id, name: run.name, style, points };
      }),
    [overlaid, relative, smoothing],
  );
  const { means, smoothed } = useMemo(() => {
    const base = baseOf(steps, relative);
    const series = lossSeries(steps, smoothing, mostPoints);
    return {
      means: { key: 'means', points: series.map((point) => ({ x: point.step, y: point.loss / base })) },
      smoothed: series.map((point) => ({ x: point.step, y: point.smoothed / base })),
    };
  }, [steps, smoothing, relative]);
  const curves = useMemo(
    () => [
      ...overlaidCurves,
      { key: 'present', name: presentName, style: presentStyle(loss), points: smoothed },
    ],
    [overlaidCurves, presentName, loss, smoothed],
  );
  const latest = steps.at(-1);
  const first = steps[0];
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
      <div className="chart-note">
        <span>{relative ? 'log axis' : `${lossLabels[loss]}, log axis`}; smoothing</span>
        <RangeSlider
          label="Smoothing of the loss curve"
          value={smoothing}
          minimum={0}
          maximum={0.98}
          step={0.02}
          valueText={formatPercent(smoothing)}
          onChange={(lossSmoothing) => view.set({ lossSmoothing })}
        />
      </div>
      <ChartBody
        label={[
          first && latest
            ? `Loss per step, from ${formatFigure(first.loss)} to ${formatFigure(latest.loss)} in ${latest.step} steps`
            : 'Loss per step',
          ...overlaid.map(({ run }) => run.name),
        ].join('; beside it ')}
        empty={latest || overlaid.length > 0 ? undefined : 'No step yet'}
      >
        <LossChart curves={curves} means={means} colour={presentStyle(loss).colour} />
      </ChartBody>
      <CurveLegend overlaid={overlaid} present={present ? loss : undefined} />
      {relative && (
        <p className="chart-note chart-caution">
          Different objectives do not compare: each curve is divided by its run's first loss.
        </p>
      )}
    </Section>
  );
};

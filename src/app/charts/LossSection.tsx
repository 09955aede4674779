/** The loss of each step: the latest figure, and its course on a logarithmic axis. */

import { lazy, useMemo } from 'react';
import type { StepRecord } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { formatFigure, formatPercent } from '../format.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { useThrottled } from '../hooks/use-throttled.ts';
import { lossLabels } from '../loss-labels.ts';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';
import { lossSeries } from './loss-series.ts';

const LossChart = lazy(() => import('./LossChart.tsx'));

const selectSteps = (state: AppState): readonly StepRecord[] => state.run.history.steps;

const mostPoints = 200;

export const LossSection = () => {
  const steps = useThrottled(selectSteps, 300);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const smoothing = useApp((state) => state.view.lossSmoothing);
  const { view } = useActions();
  const points = useMemo(() => lossSeries(steps, smoothing, mostPoints), [steps, smoothing]);
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
        <span>{lossLabels[loss]}, log axis; smoothing</span>
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
        label={
          first && latest
            ? `Loss per step, from ${formatFigure(first.loss)} to ${formatFigure(latest.loss)} in ${latest.step} steps`
            : 'Loss per step'
        }
        empty={latest ? undefined : 'No step yet'}
      >
        <LossChart points={points} loss={loss} />
      </ChartBody>
    </Section>
  );
};

/** Image AUROC: the latest figure, the best, and its course over the epochs. */

import { lazy, useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { useApp } from '../hooks/store-context.ts';
import { useThrottled } from '../hooks/use-throttled.ts';
import { scoreInWords } from '../score-labels.ts';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';

const AurocChart = lazy(() => import('./AurocChart.tsx'));

const selectEvaluations = (state: AppState): readonly Evaluation[] => state.run.history.evaluations;

export const AurocSection = () => {
  const evaluations = useThrottled(selectEvaluations, 300);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const latest = evaluations.at(-1);
  const points = useMemo(
    () =>
      evaluations.flatMap(({ epoch, imageAuroc }) =>
        imageAuroc.defined ? [{ epoch, auroc: imageAuroc.value }] : [],
      ),
    [evaluations],
  );
  const best = points.reduce<(typeof points)[number] | undefined>(
    (found, point) => (found && found.auroc >= point.auroc ? found : point),
    undefined,
  );
  const undefinedBecause = latest && !latest.imageAuroc.defined ? latest.imageAuroc.reason : undefined;
  return (
    <Section
      title="Image AUROC"
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
      <p className="chart-note number">
        {latest
          ? `epoch ${latest.epoch}, BN ${latest.batchNorm}, ${scoreInWords(latest)}`
          : 'on the test images, after each evaluation'}
      </p>
      <ChartBody
        label={
          best ? `Image AUROC by epoch; best ${best.auroc.toFixed(3)} at epoch ${best.epoch}` : 'Image AUROC'
        }
        empty={undefinedBecause ?? (points.length === 0 ? 'No evaluation yet' : undefined)}
      >
        <AurocChart points={points} loss={loss} />
      </ChartBody>
      {best && points.length > 1 && (
        <p className="chart-note number">
          best {best.auroc.toFixed(3)} at epoch {best.epoch}, chosen on test
        </p>
      )}
    </Section>
  );
};

/** Image AUROC: the latest figure, the best, and its course over the epochs. */

import { lazy, useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import type { AppState } from '#store/app-state.ts';
import { useApp } from '../hooks/store-context.ts';
import { useThrottled } from '../hooks/use-throttled.ts';
import { CurveLegend } from '../runs/CurveLegend.tsx';
import { presentStyle } from '../runs/curve-style.ts';
import { useOverlaid, usePresentName } from '../runs/use-overlaid.ts';
import { Section } from '../ui/Section.tsx';
import { aurocPoints } from './auroc-curves.ts';
import { ChartBody } from './ChartBody.tsx';

const AurocChart = lazy(() => import('./AurocChart.tsx'));

const selectEvaluations = (state: AppState): readonly Evaluation[] => state.run.history.evaluations;

export const AurocSection = () => {
  const evaluations = useThrottled(selectEvaluations, 300);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const latest = evaluations.at(-1);
  const overlaid = useOverlaid();
  const presentName = usePresentName();
  // A point by another score is no point of this curve.
  const alike = useMemo(
    () => evaluations.filter((evaluation) => latest && isMadeWith(evaluation, latest)),
    [evaluations, latest],
  );
  const points = useMemo(() => aurocPoints(alike), [alike]);
  const overlaidCurves = useMemo(
    () =>
      overlaid.map(({ run, style }) => ({
        key: run.id,
        name: run.name,
        style,
        points: aurocPoints(run.history.evaluations),
      })),
    [overlaid],
  );
  const curves = useMemo(
    () => [...overlaidCurves, { key: 'present', name: presentName, style: presentStyle(loss), points }],
    [overlaidCurves, presentName, points, loss],
  );
  const best = points.reduce<(typeof points)[number] | undefined>(
    (found, point) => (found && found.y >= point.y ? found : point),
    undefined,
  );
  const otherwise = evaluations.length - alike.length;
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
          ? `epoch ${latest.epoch}, BN ${latest.batchNorm}${otherwise > 0 ? `; ${otherwise} by another score` : ''}`
          : 'on the test images, after each evaluation'}
      </p>
      <ChartBody
        label={[
          best ? `Image AUROC by epoch; best ${best.y.toFixed(3)} at epoch ${best.x}` : 'Image AUROC',
          ...overlaid.map(({ run }) => run.name),
        ].join('; beside it ')}
        empty={
          overlaid.length > 0
            ? undefined
            : (undefinedBecause ?? (points.length === 0 ? 'No evaluation yet' : undefined))
        }
      >
        <AurocChart curves={curves} />
      </ChartBody>
      <CurveLegend overlaid={overlaid} present={points.length > 0 ? loss : undefined} />
      {best && points.length > 1 && (
        <p className="chart-note number">
          best {best.y.toFixed(3)} at epoch {best.x}, chosen on test
        </p>
      )}
    </Section>
  );
};

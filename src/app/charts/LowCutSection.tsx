/** How the image AUROC follows the low cut-off of the band. */
import { lazy, useMemo } from 'react';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';

const LowCutChart = lazy(() => import('./LowCutChart.tsx'));

export const LowCutSection = () => {
  const curve = useApp((state) => state.metrics.lowCut);
  const loss = useApp((state) => (state.run.configured ?? state.run.config).loss);
  const bandLow = useApp((state) => state.run.config.bandLow);
  const { run } = useActions();
  const points = useMemo(
    () =>
      (curve ?? []).flatMap(({ bandLow: cutoff, imageAuroc }) =>
        imageAuroc.defined ? [{ cutoff, auroc: imageAuroc.value }] : [],
      ),
    [curve],
  );
  const best = points.reduce<(typeof points)[number] | undefined>(
    (found, point) => (found && found.auroc >= point.auroc ? found : point),
    undefined,
  );
  return (
    <Section
      title="AUROC by low cut-off"
      aside={
        best && (
          <span className="chart-figure number">
            best <b>{best.auroc.toFixed(3)}</b> from radius {best.cutoff}
          </span>
        )
      }
    >
      <p className="chart-note">lowest radius that the score sees; chosen on test</p>
      <ChartBody
        label={
          best
            ? `Image AUROC against the low cut-off of the band; best ${best.auroc.toFixed(3)} from radius ${best.cutoff}`
            : 'Image AUROC against the low cut-off of the band'
        }
        empty={points.length > 0 ? undefined : 'When training has stopped'}
      >
        <LowCutChart
          points={points}
          loss={loss}
          chosen={bandLow}
          onChoose={(cutoff) => run.setConfig({ bandLow: cutoff })}
        />
      </ChartBody>
    </Section>
  );
};

/** How the scores of the two classes lie, and where they are cut. */
import type { ChosenThreshold } from '#core/metrics/threshold.ts';
import { ChartBody } from '../charts/ChartBody.tsx';
import { formatPercent } from '../format.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { PolicyChooser } from './PolicyChooser.tsx';
import { ScoreHistogram } from './ScoreHistogram.tsx';
import type { ScoredImages } from './scored-images.ts';

interface ScoresSectionProps {
  readonly images: ScoredImages | undefined;
  readonly chosen: ChosenThreshold;
  readonly thresholdText: string;
}

export const ScoresSection = ({ images, chosen, thresholdText }: ScoresSectionProps) => {
  const { decision } = useActions();
  const shown = useApp(({ view: { selected, sample }, dataset }) => {
    const chosenSample = selected === undefined ? undefined : dataset.loaded?.samples[selected];
    return chosenSample?.split === 'test' ? sample?.output?.score : undefined;
  });
  return (
    <Section
      title="Scores"
      className="decision-section"
      aside={
        <span className="chart-figure chart-legend">
          <i className="swatch-good" /> good ↑ <i className="swatch-anomalous" /> anomalous ↓
          {images && shown !== undefined && (
            <span className="chart-legend legend-shown">
              <i className="swatch-shown" /> shown
            </span>
          )}
        </span>
      }
    >
      <p className="chart-note number">
        {images
          ? `${images.scale.logarithmic ? 'log axis; ' : ''}DC share of the residual ${formatPercent(images.evaluation.residualDcShare)}`
          : 'of the test images'}
      </p>
      <ChartBody
        label="Histogram of the scores of good and of anomalous test images"
        empty={images ? undefined : 'No evaluation yet'}
      >
        {images && (
          <ScoreHistogram
            images={images}
            threshold={chosen.defined ? chosen.threshold : undefined}
            thresholdText={thresholdText}
            shown={shown}
            onThreshold={(threshold) => decision.setPolicy({ kind: 'manual', threshold })}
          />
        )}
      </ChartBody>
      {images && <PolicyChooser chosen={chosen} middle={images.scale.fromShare(0.5)} />}
    </Section>
  );
};

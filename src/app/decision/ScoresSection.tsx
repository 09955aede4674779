/** How the scores of the two classes lie, and where they are cut. */
import { useCallback } from 'react';
import type { ChosenThreshold } from '#core/metrics/threshold.ts';
import { ChartFrame } from '../charts/frame/ChartFrame.tsx';
import { formatPercent } from '../format.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { histogramData } from './decision-data.ts';
import { thresholdLegend } from './decision-words.ts';
import { HistogramPaper } from './HistogramPaper.tsx';
import { PolicyChooser } from './PolicyChooser.tsx';
import { ScoreHistogram } from './ScoreHistogram.tsx';
import type { ScoredImages } from './scored-images.ts';
import { useDecisionNote } from './use-decision-note.ts';

interface ScoresSectionProps {
  readonly images: ScoredImages | undefined;
  readonly chosen: ChosenThreshold;
  readonly thresholdText: string;
}

const classes = [
  { name: 'good test images (up)', colour: 'var(--class-good)', dash: undefined },
  { name: 'anomalous test images (down)', colour: 'var(--class-anomalous)', dash: undefined },
] as const;

export const ScoresSection = ({ images, chosen, thresholdText }: ScoresSectionProps) => {
  const { decision } = useActions();
  const shown = useApp(({ view: { selected, sample }, dataset }) => {
    const chosenSample = selected === undefined ? undefined : dataset.loaded?.samples[selected];
    return chosenSample?.split === 'test' ? sample?.output?.score : undefined;
  });
  const bins = images?.bins.bins;
  const data = useCallback(() => histogramData(bins ?? []), [bins]);
  const note = useDecisionNote(images?.evaluation);
  const threshold = chosen.defined ? chosen.threshold : undefined;
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
      <ChartFrame
        title="Score histogram"
        note={note}
        axes={{ x: `anomaly score${images?.scale.logarithmic ? ', log axis' : ''}`, y: 'images' }}
        data={data}
        legend={
          chosen.defined
            ? [
                ...classes,
                {
                  name: `${thresholdLegend(chosen)}; filled: on its wrong side`,
                  colour: 'var(--ink)',
                  dash: 'none',
                },
              ]
            : classes
        }
        tools={
          <span className="chart-frame-tools number">
            {images
              ? `DC share of residual ${formatPercent(images.evaluation.residualDcShare)}`
              : 'of the test images'}
          </span>
        }
        label="Histogram of the scores of good and of anomalous test images"
        empty={images ? undefined : 'No evaluation yet'}
        paper={images && <HistogramPaper images={images} threshold={threshold} />}
      >
        {images && (
          <ScoreHistogram
            images={images}
            threshold={threshold}
            thresholdText={thresholdText}
            shown={shown}
            onThreshold={(next) => decision.setPolicy({ kind: 'manual', threshold: next })}
          />
        )}
      </ChartFrame>
      {images && <PolicyChooser chosen={chosen} middle={images.scale.fromShare(0.5)} />}
    </Section>
  );
};

/** The scores of the two classes, and the threshold between them. */
import { useCallback } from 'react';
import type { Evaluation } from '#core/history.ts';
import type { ChosenThreshold, Confusion } from '#core/metrics/threshold.ts';
import { ChartFrame } from '../plot/frame/ChartFrame.tsx';
import { useActions, useApp } from '../shared/store-context.ts';
import { usePartState } from '../shared/use-shown.ts';
import { formatPercent } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { histogramData } from './decision-data.ts';
import { thresholdLegend } from './decision-words.ts';
import { PolicyChooser } from './PolicyChooser.tsx';
import { ScoreHistogram } from './ScoreHistogram.tsx';
import type { ScoredImages } from './scored-images.ts';
import { useDecisionNote } from './use-decision-note.ts';

interface ScoresSectionProps {
  readonly images: ScoredImages | undefined;
  /** The evaluation, with or without scores to show. */
  readonly evaluation: Evaluation | undefined;
  readonly chosen: ChosenThreshold;
  readonly confusion: Confusion | undefined;
  readonly thresholdText: string;
}

const classesOf = (source: ScoredImages['source']) => {
  const good = { name: `good ${source} (up)`, color: 'var(--class-good)', dash: undefined };
  const anomalous = {
    name: 'anomalous test images (down)',
    color: 'var(--class-anomalous)',
    dash: undefined,
  };
  return source === 'test images' ? [good, anomalous] : [good];
};

export const ScoresSection = ({
  images,
  evaluation,
  chosen,
  confusion,
  thresholdText,
}: ScoresSectionProps) => {
  const veil = usePartState('scores');
  const { decision } = useActions();
  const shown = useApp(({ view: { selected, sample }, dataset }) => {
    const chosenSample = selected === undefined ? undefined : dataset.loaded?.samples[selected];
    return chosenSample && images?.samples.includes(chosenSample) ? sample?.output?.score : undefined;
  });
  const bins = images?.bins.bins;
  const data = useCallback(() => histogramData(bins ?? []), [bins]);
  const note = useDecisionNote(images?.evaluation);
  const threshold = chosen.defined ? chosen.threshold : undefined;
  const source = images?.source ?? 'test images';
  const classes = classesOf(source);
  const whyEmpty = chosen.defined ? 'No test images' : chosen.reason;
  return (
    <Section
      title="Scores"
      shown={veil}
      className="decision-section"
      aside={
        <span className="chart-figure chart-legend">
          {images && evaluation && images.evaluation !== evaluation && (
            <b className="scores-epoch number">epoch {images.evaluation.epoch}</b>
          )}
          <i className="swatch-good" /> good ↑ <i className="swatch-anomalous" /> anomalous ↓
          {chosen.defined && (
            <span className="chart-legend">
              <i className="swatch-error" /> errors
            </span>
          )}
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
                { name: thresholdLegend(chosen), color: 'var(--ink)', dash: 'none' },
                { name: 'errors', color: 'var(--alert)', dash: undefined },
              ]
            : classes
        }
        tools={
          <span className="chart-frame-tools number">
            {images
              ? source === 'test images'
                ? `Share of mean brightness ${formatPercent(images.evaluation.residualDcShare)}`
                : `of the ${source}`
              : ''}
          </span>
        }
        label={
          source === 'test images'
            ? 'Histogram of the scores of good and of anomalous test images'
            : `Histogram of the scores of the good ${source}`
        }
        empty={images ? undefined : evaluation ? whyEmpty : 'No evaluation yet'}
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
      {evaluation && (
        <PolicyChooser
          {...{ chosen, confusion }}
          imageAuroc={evaluation.imageAuroc}
          middle={images?.scale.fromShare(0.5)}
        />
      )}
    </Section>
  );
};

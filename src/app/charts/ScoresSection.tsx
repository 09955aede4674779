/** How the scores of the two classes lie. */

import { lazy, useMemo } from 'react';
import type { Evaluation } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { latestEvaluation } from '#store/run-state.ts';
import { formatPercent } from '../format.ts';
import { useApp } from '../hooks/store-context.ts';
import { useThrottled } from '../hooks/use-throttled.ts';
import { Section } from '../ui/Section.tsx';
import { ChartBody } from './ChartBody.tsx';
import { binOf, type ScoreBin, scoreBins } from './score-bins.ts';

const ScoreHistogram = lazy(() => import('./ScoreHistogram.tsx'));

const selectLatest = (state: AppState): Evaluation | undefined => latestEvaluation(state.run);

const binCount = 18;
const noBins: readonly ScoreBin[] = [];

export const ScoresSection = () => {
  const latest = useThrottled(selectLatest, 300);
  const samples = useApp((state) => state.dataset.loaded?.samples);
  const shownScore = useApp((state) => {
    const { selected, sample } = state.view;
    const shown = selected === undefined ? undefined : state.dataset.loaded?.samples[selected];
    return shown?.split === 'test' ? sample?.output?.score : undefined;
  });
  const bins = useMemo(() => {
    const anomalous = (samples ?? [])
      .filter(({ split }) => split === 'test')
      .map((sample) => sample.anomalous);
    return latest ? scoreBins(latest.scores, anomalous, binCount) : undefined;
  }, [latest, samples]);
  return (
    <Section
      title="Scores"
      aside={
        <span className="chart-figure chart-legend">
          <i className="swatch-good" /> good <i className="swatch-anomalous" /> anomalous{' '}
          {bins && shownScore !== undefined && (
            <>
              <i className="swatch-shown" /> shown
            </>
          )}
        </span>
      }
    >
      <p className="chart-note number">
        {latest
          ? `${bins?.logarithmic ? 'log axis; ' : ''}DC share of the residual ${formatPercent(latest.residualDcShare)}`
          : 'of the test images'}
      </p>
      <ChartBody
        label="Histogram of the scores of good and of anomalous test images"
        empty={bins && bins.bins.length > 0 ? undefined : 'No evaluation yet'}
      >
        <ScoreHistogram
          bins={bins?.bins ?? noBins}
          shown={bins && shownScore !== undefined ? binOf(shownScore, bins) : undefined}
        />
      </ChartBody>
    </Section>
  );
};

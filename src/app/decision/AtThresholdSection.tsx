/** The outcomes at the threshold: counts, rates, false-alarm intervals, and fractions of each defect type. */
import { useMemo } from 'react';
import { type ChosenThreshold, type Confusion, confusionRates } from '#core/metrics/threshold.ts';
import { presentFileName } from '../shared/run-file-name.ts';
import { useApp, useAppStore } from '../shared/store-context.ts';
import { usePartState } from '../shared/use-shown.ts';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import { formatFigure } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { ConfusionCells } from './ConfusionCells.tsx';
import { DefectTypeBars } from './DefectTypeBars.tsx';
import { decisionCsv } from './decision-csv.ts';
import { FalseAlarmRates } from './FalseAlarmRates.tsx';
import { RateList } from './RateList.tsx';
import type { ScoredImages } from './scored-images.ts';
import { falseAlarmEntries } from './scored-images.ts';
import { typeShares } from './type-shares.ts';

interface AtThresholdSectionProps {
  readonly images: ScoredImages;
  readonly chosen: ChosenThreshold;
  readonly confusion: Confusion | undefined;
}

export const AtThresholdSection = ({ images, chosen, confusion }: AtThresholdSectionProps) => {
  const veil = usePartState('threshold');
  const store = useAppStore();
  const threshold = chosen.defined ? chosen.threshold : undefined;
  const { scores } = images;
  const good = useApp((state) => state.decision.goodTrainingScores);
  const falseAlarms = useMemo(
    () => (threshold === undefined ? [] : falseAlarmEntries(images, good, threshold)),
    [images, good, threshold],
  );
  const shares = useMemo(
    () => (threshold === undefined ? [] : typeShares(scores, images.labels, threshold)),
    [scores, images.labels, threshold],
  );
  const rates = useMemo(() => confusion && confusionRates(confusion), [confusion]);
  const download = (): void => {
    const { loaded } = store.getState().dataset;
    if (!loaded) return;
    const text = decisionCsv(images.samples, scores, threshold);
    downloadFile(`${presentFileName(store.getState())}-decisions.csv`, text, 'text/csv');
  };
  return (
    <Section
      title="At the threshold"
      shown={veil}
      className="decision-section"
      aside={
        <span className="chart-figure number">
          <b data-testid="threshold" data-value={threshold} data-defined={chosen.defined}>
            {threshold === undefined ? '–' : formatFigure(threshold)}
          </b>
        </span>
      }
    >
      <ConfusionCells confusion={confusion} />
      {rates && <RateList values={rates} />}
      {falseAlarms.length > 0 && <FalseAlarmRates entries={falseAlarms} />}
      {shares.length > 0 && (
        <>
          <p className="chart-note">flagged as anomalous, by defect type; worst first</p>
          <DefectTypeBars shares={shares} />
        </>
      )}
      <p className="decision-export">
        <Button
          tone="bare"
          hint="Path, defect type, label, score and outcome of each of these images."
          hintSide="top"
          onClick={download}
        >
          Images as CSV
        </Button>
      </p>
    </Section>
  );
};

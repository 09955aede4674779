/** The ROC and the precision-recall curve, with the threshold's operating point on both. */
import { useMemo, useState } from 'react';
import type { Metric } from '#core/history.ts';
import { rocCurve } from '#core/metrics/curves.ts';
import type { ChosenThreshold } from '#core/metrics/threshold.ts';
import { ChartBody } from '../charts/ChartBody.tsx';
import { formatFigure } from '../format.ts';
import { useActions } from '../hooks/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { CurvePlot } from './CurvePlot.tsx';
import { type OperatingPoint, type Place, precisionSteps } from './operating-curve.ts';
import type { ScoredImages } from './scored-images.ts';

interface CurvesSectionProps {
  readonly images: ScoredImages;
  readonly chosen: ChosenThreshold;
}

const curves = [
  { value: 'roc', label: 'ROC' },
  { value: 'pr', label: 'Precision-recall' },
] as const;
type CurveName = (typeof curves)[number]['value'];

const diagonal: readonly [Place, Place] = [
  [0, 0],
  [1, 1],
];

const rocPlace = ({ falsePositiveRate, recall }: OperatingPoint): Place => [falsePositiveRate, recall];
const prPlace = ({ recall, precision }: OperatingPoint): Place => [recall, precision];

const rocWords = ({ threshold, falsePositiveRate, recall }: OperatingPoint): string =>
  `false positive rate ${falsePositiveRate.toFixed(3)}, recall ${recall.toFixed(3)}, from score ${formatFigure(threshold)} on`;
const prWords = ({ threshold, recall, precision }: OperatingPoint): string =>
  `recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, from score ${formatFigure(threshold)} on`;

const figureOf = (metric: Metric): string => (metric.defined ? metric.value.toFixed(3) : 'undefined');

export const CurvesSection = ({ images, chosen }: CurvesSectionProps) => {
  const { decision } = useActions();
  // Where there is no room for both.
  const [visible, setVisible] = useState<CurveName>('roc');
  const { curve, evaluation, labels, stops } = images;
  const roc = useMemo((): readonly Place[] => {
    const found = rocCurve(evaluation.scores, labels.anomalous);
    return found.defined
      ? found.points.map((point) => [point.falsePositiveRate, point.truePositiveRate])
      : [];
  }, [evaluation, labels]);
  const steps = useMemo(() => (curve.defined ? precisionSteps(curve.points) : []), [curve]);
  const prevalence = useMemo(
    (): readonly [Place, Place] =>
      curve.defined
        ? [
            [0, curve.prevalence],
            [1, curve.prevalence],
          ]
        : diagonal,
    [curve],
  );
  const auroc = figureOf(evaluation.imageAuroc);
  const precision = figureOf(images.averagePrecision);
  const common = {
    points: curve.defined ? curve.points : [],
    threshold: chosen.defined ? chosen.threshold : undefined,
    stops,
    onThreshold: (threshold: number) => decision.setPolicy({ kind: 'manual', threshold }),
  };
  const empty = curve.defined ? undefined : curve.reason;
  return (
    <Section title="Operating curves" className="decision-section curves-section">
      <div className="curves-switch">
        <Segmented label="Curve" value={visible} options={curves} onChange={setVisible} />
      </div>
      <div className="curves number" data-visible={visible}>
        <div className="curve" data-curve="roc">
          <p className="curve-title">
            <b>ROC</b> AUROC {auroc}
          </p>
          <ChartBody label={`ROC curve; AUROC ${auroc}`} empty={empty}>
            <CurvePlot
              {...common}
              xTitle="false positive rate"
              yTitle="recall"
              line={roc}
              chance={diagonal}
              placeOf={rocPlace}
              handleLabel="Operating point on the ROC curve"
              handleText={rocWords}
            />
          </ChartBody>
        </div>
        <div className="curve" data-curve="pr">
          <p className="curve-title">
            <b>PR</b> AP {precision}
          </p>
          <ChartBody label={`Precision-recall curve; average precision ${precision}`} empty={empty}>
            <CurvePlot
              {...common}
              xTitle="recall"
              yTitle="precision"
              line={steps}
              chance={prevalence}
              placeOf={prPlace}
              handleLabel="Operating point on the precision-recall curve"
              handleText={prWords}
            />
          </ChartBody>
        </div>
      </div>
      <p className="chart-note">dashed: scores that tell nothing</p>
    </Section>
  );
};

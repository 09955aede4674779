/** The ROC and the precision-recall curve, with the threshold's operating point on both. */
import { useMemo, useState } from 'react';
import { rocCurve } from '#core/metrics/curves.ts';
import type { ChosenThreshold } from '#core/metrics/threshold.ts';
import type { Place } from '../plot/plot-area.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { usePartState } from '../shared/use-shown.ts';
import { Section } from '../ui/Section.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { CurveFigure } from './CurveFigure.tsx';
import { precisionRecallKind, rocKind } from './curve-kinds.ts';
import { precisionSteps } from './operating-curve.ts';
import type { ScoredImages } from './scored-images.ts';

interface CurvesSectionProps {
  readonly images: ScoredImages;
  readonly chosen: ChosenThreshold;
}

const curves = [
  { value: 'roc', label: 'ROC', hint: controlHints.roc },
  { value: 'pr', label: 'Precision-recall', hint: controlHints.precisionRecall },
] as const;
type CurveName = (typeof curves)[number]['value'];

const diagonal: readonly [Place, Place] = [
  [0, 0],
  [1, 1],
];

export const CurvesSection = ({ images, chosen }: CurvesSectionProps) => {
  const veil = usePartState('scores');
  // The curve to show if only one fits.
  const [visible, setVisible] = useState<CurveName>('roc');
  const { curve, evaluation, labels, scores } = images;
  const roc = useMemo((): readonly Place[] => {
    const found = rocCurve(scores, labels.anomalous);
    return found.defined
      ? found.points.map((point) => [point.falsePositiveRate, point.truePositiveRate])
      : [];
  }, [scores, labels]);
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
  const common = { images, chosen };
  return (
    <Section title="Operating curves" shown={veil} className="decision-section curves-section">
      <div className="curves-switch">
        <Segmented label="Curve" value={visible} options={curves} onChange={setVisible} />
      </div>
      <div className="curves number" data-visible={visible}>
        <CurveFigure {...common} kind={rocKind} metric={evaluation.imageAuroc} line={roc} chance={diagonal} />
        <CurveFigure
          {...common}
          kind={precisionRecallKind}
          metric={images.averagePrecision}
          line={steps}
          chance={prevalence}
        />
      </div>
      <p className="chart-note">Dashed: chance</p>
    </Section>
  );
};

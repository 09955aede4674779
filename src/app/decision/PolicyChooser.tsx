/** The threshold policy, and the images that it needs. */
import type { ChosenThreshold, ThresholdPolicy } from '#core/metrics/threshold.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { WorkProgress } from '../ui/WorkProgress.tsx';
import { fittedOnWords, policyNames } from './decision-words.ts';

const policies = [
  {
    value: 'manual',
    label: policyNames.manual,
    hint: controlHints.manual,
  },
  {
    value: 'f1-maximum',
    label: policyNames['f1-maximum'],
    hint: controlHints.f1Maximum,
  },
  {
    value: 'good-quantile',
    label: policyNames['good-quantile'],
    hint: controlHints.goodQuantile,
  },
] as const;

interface PolicyChooserProps {
  readonly chosen: ChosenThreshold;
  /** The threshold that a switch to "by hand" begins with. */
  readonly middle: number | undefined;
}

const GoodTrainingProgress = () => {
  const good = useApp((state) => state.decision.goodTrainingScores);
  const { decision } = useActions();
  if (good.phase !== 'computing') return null;
  return (
    <WorkProgress
      label="Good images scored"
      progress={good.progress}
      cancelHint="Back to F1-max."
      onCancel={() => decision.setPolicy({ kind: 'f1-maximum' })}
    />
  );
};

export const PolicyChooser = ({ chosen, middle }: PolicyChooserProps) => {
  const policy = useApp((state) => state.decision.policy);
  const quantile = useApp((state) => state.decision.quantile);
  const note = useApp((state) => state.decision.note);
  const goodCount = useApp(({ decision: { goodTrainingScores: good } }) =>
    good.phase === 'ready' ? good.scores.length : 0,
  );
  const { decision } = useActions();
  const choose = (kind: ThresholdPolicy['kind']): void => {
    if (kind === 'f1-maximum') decision.setPolicy({ kind });
    else if (kind === 'good-quantile') decision.setPolicy({ kind, quantile });
    else {
      const threshold = chosen.defined ? chosen.threshold : middle;
      if (threshold !== undefined) decision.setPolicy({ kind, threshold });
    }
  };
  return (
    <div className="decision-policy">
      <Segmented label="Threshold policy" value={policy.kind} options={policies} onChange={choose} />
      {policy.kind === 'good-quantile' && (
        <div className="decision-quantile number">
          <span>quantile</span>
          <RangeSlider
            label="Quantile of the good images"
            hint={controlHints.quantile}
            value={policy.quantile}
            minimum={0.5}
            maximum={1}
            step={0.01}
            onChange={(value) => decision.setPolicy({ kind: 'good-quantile', quantile: value })}
          />
          <span>{policy.quantile.toFixed(2)}</span>
        </div>
      )}
      <p className="decision-fitted" data-testid="fitted-on">
        {fittedOnWords(chosen, goodCount)}
      </p>
      {policy.kind === 'good-quantile' && <GoodTrainingProgress />}
      <p className="decision-note" role="status">
        {note}
      </p>
    </div>
  );
};

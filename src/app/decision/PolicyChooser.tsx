/** The threshold policy, and the images that it needs. */
import type { Metric } from '#core/history.ts';
import type { ChosenThreshold, Confusion, ThresholdPolicy } from '#core/metrics/threshold.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { WorkProgress } from '../ui/WorkProgress.tsx';
import { decisionWarnings, limitWarning } from './decision-warnings.ts';
import { fittedOnWords, policyNames } from './decision-words.ts';
import { FalseAlarmLimit } from './FalseAlarmLimit.tsx';

const policies = [
  {
    value: 'good-quantile',
    label: policyNames['good-quantile'],
    hint: controlHints.goodQuantile,
  },
  {
    value: 'f1-maximum',
    label: policyNames['f1-maximum'],
    hint: controlHints.f1Maximum,
  },
  {
    value: 'manual',
    label: policyNames.manual,
    hint: controlHints.manual,
  },
] as const;

interface PolicyChooserProps {
  readonly chosen: ChosenThreshold;
  readonly confusion: Confusion | undefined;
  readonly imageAuroc: Metric;
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

export const PolicyChooser = ({ chosen, confusion, imageAuroc, middle }: PolicyChooserProps) => {
  const policy = useApp((state) => state.decision.policy);
  const quantile = useApp((state) => state.decision.quantile);
  const note = useApp((state) => state.decision.note);
  const goodCount = useApp(({ decision: { goodTrainingScores: good } }) =>
    good.phase === 'ready' ? good.scores.length : 0,
  );
  const { decision } = useActions();
  const ofLimit = limitWarning(policy, goodCount);
  const warnings = [...decisionWarnings(imageAuroc, confusion), ...(ofLimit === undefined ? [] : [ofLimit])];
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
      {policy.kind === 'good-quantile' && <FalseAlarmLimit quantile={policy.quantile} />}
      <p className="decision-fitted" data-testid="fitted-on">
        {fittedOnWords(chosen, goodCount)}
      </p>
      {policy.kind === 'good-quantile' && <GoodTrainingProgress />}
      <ul
        className="decision-warnings"
        aria-label="Warnings about the threshold"
        data-testid="decision-warnings"
      >
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <p className="decision-note" role="status">
        {note}
      </p>
    </div>
  );
};

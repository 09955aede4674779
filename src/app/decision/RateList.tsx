/** The rates at the threshold; for an undefined rate, the reason. */
import type { Metric } from '#core/history.ts';
import type { ConfusionRates } from '#core/metrics/threshold.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { Hint } from '../ui/Hint.tsx';

const rates: readonly {
  readonly key: keyof ConfusionRates;
  readonly name: string;
}[] = [
  { key: 'precision', name: 'precision' },
  { key: 'recall', name: 'recall' },
  { key: 'falsePositiveRate', name: 'FPR' },
  { key: 'f1', name: 'F1' },
  { key: 'accuracy', name: 'accuracy' },
];

const reasonsOf = (values: ConfusionRates): readonly string[] => [
  ...new Set(
    rates.flatMap(({ key }) => {
      const value: Metric = values[key];
      return value.defined ? [] : [value.reason];
    }),
  ),
];

export const RateList = ({ values }: { readonly values: ConfusionRates }) => {
  const reasons = reasonsOf(values);
  return (
    <>
      <dl className="rates number">
        {rates.map(({ key, name }) => {
          const value = values[key];
          const { text, equation } = controlHints[key];
          return (
            <Hint
              key={key}
              text={value.defined ? text : `${text} Undefined: ${value.reason}`}
              equation={equation}
              side="top"
            >
              <div>
                <dt>{name}</dt>
                <dd data-defined={value.defined}>{value.defined ? value.value.toFixed(3) : 'undefined'}</dd>
              </div>
            </Hint>
          );
        })}
      </dl>
      {reasons.length > 0 && <p className="decision-fitted">Undefined: {reasons.join(' ')}</p>}
    </>
  );
};

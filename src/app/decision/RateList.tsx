/** The rates at the threshold; one that is undefined says so, and why. */
import type { Metric } from '#core/history.ts';
import type { ConfusionRates } from '#core/metrics/threshold.ts';

const rates: readonly {
  readonly key: keyof ConfusionRates;
  readonly name: string;
  readonly meaning: string;
}[] = [
  { key: 'precision', name: 'precision', meaning: 'Share of the images called anomalous that are' },
  { key: 'recall', name: 'recall', meaning: 'Share of the anomalous images that are called so' },
  {
    key: 'falsePositiveRate',
    name: 'FPR',
    meaning: 'False positive rate: share of the good images that are called anomalous',
  },
  { key: 'f1', name: 'F1', meaning: 'Harmonic mean of precision and recall' },
  { key: 'accuracy', name: 'accuracy', meaning: 'Share of all images that are called what they are' },
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
        {rates.map(({ key, name, meaning }) => {
          const value = values[key];
          return (
            <div key={key} title={value.defined ? meaning : `${meaning}. Undefined: ${value.reason}`}>
              <dt>{name}</dt>
              <dd data-defined={value.defined}>{value.defined ? value.value.toFixed(3) : 'undefined'}</dd>
            </div>
          );
        })}
      </dl>
      {reasons.length > 0 && <p className="decision-fitted">Undefined: {reasons.join(' ')}</p>}
    </>
  );
};

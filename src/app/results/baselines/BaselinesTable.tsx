/** The AUROC of each baseline, which needs no network. */
import type { StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import { type BaselineEvaluation, separates } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceEvaluation } from '#core/baselines/reference-evaluation.ts';
import type { Metric } from '#core/history.ts';
import { baselineHints } from '../../shared/hints/baseline-hints.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { baselineLabels, scoreLabels } from '../../shared/labels.ts';
import { Hint } from '../../ui/Hint.tsx';
import { intervalText } from '../metrics/metric-text.ts';
import { BaselineHistogram } from './BaselineHistogram.tsx';

interface BaselinesTableProps {
  readonly statistics: readonly StatisticEvaluation[];
  /** Undefined while they are computed for the present settings. */
  readonly references: readonly ReferenceEvaluation[] | undefined;
  readonly anomalous: readonly boolean[];
}

const Auroc = ({ auroc }: { readonly auroc: Metric }) =>
  auroc.defined ? (
    <b data-separates={separates(auroc)}>{auroc.value.toFixed(3)}</b>
  ) : (
    <span className="quiet" title={auroc.reason}>
      n/a
    </span>
  );

interface RowProps {
  readonly baseline: BaselineEvaluation;
  readonly anomalous: readonly boolean[];
  /** Below the name. */
  readonly note: string | undefined;
}

const Row = ({ baseline, anomalous, note }: RowProps) => {
  const { name, scores, imageAuroc, interval } = baseline;
  const label = baselineLabels[name];
  return (
    <tr data-testid={`baseline-${name}`}>
      <Hint {...baselineHints[name]} side="top">
        <th scope="row">
          {label}
          {note && <span className="baseline-note">{note}</span>}
        </th>
      </Hint>
      <td>
        <BaselineHistogram {...{ label, scores, anomalous }} />
      </td>
      <td>
        <Auroc auroc={imageAuroc} />
        {interval.defined && <span className="baseline-note">{intervalText(interval)}</span>}
      </td>
    </tr>
  );
};

const deviationNote = ({ deviation }: StatisticEvaluation): string => {
  if (!deviation.defined) return 'deviation n/a';
  const { imageAuroc } = deviation;
  return `as deviation ${imageAuroc.defined ? imageAuroc.value.toFixed(3) : 'n/a'}`;
};

export const BaselinesTable = ({ statistics, references, anomalous }: BaselinesTableProps) => (
  <table className="baselines-table number">
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">Baseline</span>
        </th>
        <th scope="col">
          <span className="baselines-classes">
            <span data-class="good">
              <i /> good
            </span>
            <span data-class="anomalous">
              <i /> anomalous
            </span>
          </span>
        </th>
        <Hint {...controlHints.auroc} side="top">
          <th scope="col">AUROC, 95 %</th>
        </Hint>
      </tr>
    </thead>
    <tbody>
      {statistics.map((baseline) => (
        <Row key={baseline.name} note={deviationNote(baseline)} {...{ baseline, anomalous }} />
      ))}
      {references?.map((baseline) => (
        <Row
          key={baseline.name}
          note={`${baseline.settings.residual === 'calibrated' ? 'calibrated' : 'plain'}: ${scoreLabels[baseline.settings.score]}`}
          {...{ baseline, anomalous }}
        />
      ))}
    </tbody>
  </table>
);

/** All scores of the latest evaluation, to choose one; a choice by the test images flatters the result. */
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { isMadeWith } from '#core/scores/compare-scores.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { scoreInWords } from '../../shared/labels.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { Section } from '../../ui/Section.tsx';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { intervalText } from './metric-text.ts';
import './metrics.css';

const keyOf = (settings: EvaluationSettings): string => JSON.stringify(evaluationSettingsOf(settings));

export const ScoreTableSection = () => {
  const table = useApp((state) => state.metrics.scoreTable);
  const latest = useApp((state) => latestEvaluation(state.run));
  const { run } = useActions();
  const scroll = useScrollRegion('x');
  if (!table) return null;
  const isCurrent = table.evaluation === latest;
  return (
    <Section
      title="All scores"
      className="metrics-section"
      shown={isCurrent ? 'current' : 'pending'}
      aside={<span className="chart-figure number">epoch {table.evaluation.epoch}</span>}
    >
      <div className="metrics-scroll" data-testid="score-table" {...scroll}>
        <table className="metrics-table score-table number">
          <thead>
            <tr>
              <th scope="col">score</th>
              <Hint {...controlHints.auroc} side="top">
                <th scope="col">AUROC, 95 %</th>
              </Hint>
              <Hint {...controlHints.averagePrecision} side="top">
                <th scope="col">AP</th>
              </Hint>
              <th scope="col">
                <span className="visually-hidden">Choice</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ settings, auroc, aurocInterval, averagePrecision }) => {
              const words = scoreInWords(settings);
              const inUse = latest !== undefined && isMadeWith(latest, settings);
              return (
                <tr key={keyOf(settings)} data-in-use={inUse}>
                  <th scope="row">{words}</th>
                  <td>
                    {auroc.defined ? auroc.value.toFixed(3) : 'n/a'}
                    <span className="score-table-interval">{intervalText(aurocInterval)}</span>
                  </td>
                  <td>{averagePrecision.defined ? averagePrecision.value.toFixed(3) : 'n/a'}</td>
                  <td>
                    {inUse ? (
                      <span className="quiet">in use</span>
                    ) : (
                      <Button
                        tone="bare"
                        hint="Scores the test images in this way. No retraining is needed."
                        hintSide="top"
                        aria-label={`Use ${words}`}
                        onClick={() => run.setConfig(evaluationSettingsOf(settings))}
                      >
                        Use
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="chart-note">
        Picked on test images: the best of several scores looks better here than on new parts.
      </p>
    </Section>
  );
};

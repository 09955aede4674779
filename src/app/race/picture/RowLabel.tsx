/** The head of a contestant's row: its name in its color, epoch, score, decision and AUROC. */
import { CurveSwatch } from '../../plot/CurveSwatch.tsx';
import { outcomeOfOne } from '../../shared/labels.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { formatFigure, formatPercent } from '../../ui/format.ts';
import { Hint } from '../../ui/Hint.tsx';
import { raceHints } from '../race-hints.ts';
import type { RaceRow } from './use-row.ts';

interface RowLabelProps {
  readonly contestant: NamedContestant;
  readonly row: RaceRow;
}

export const RowLabel = ({ contestant: { name, style, place }, row }: RowLabelProps) => {
  const { sample, evaluation, decision } = row;
  const output = sample?.output;
  const auroc = evaluation?.imageAuroc;
  return (
    <div className="race-label number">
      <h3>
        <CurveSwatch {...style} />
        <span>{name}</span>
      </h3>
      {output && (
        <>
          <p className="race-label-epoch">epoch {output.epoch}</p>
          <p>
            score <b data-testid={`race-score-${place}`}>{formatFigure(output.score, 4)}</b>
          </p>
        </>
      )}
      {decision?.outcome && (
        <p>
          <Hint {...raceHints.decision} side="right">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach its hint */}
            <span className="race-outcome" tabIndex={0} data-outcome={decision.outcome}>
              {outcomeOfOne[decision.outcome]}
            </span>
          </Hint>{' '}
          <span className="quiet">at F1-max</span>
        </p>
      )}
      {decision?.aboveGood !== undefined && (
        <p className="quiet race-label-rank">above {formatPercent(decision.aboveGood)} of good</p>
      )}
      {auroc?.defined && (
        <p className="race-label-auroc">
          AUROC <b data-testid={`race-auroc-${place}`}>{auroc.value.toFixed(3)}</b>
        </p>
      )}
    </div>
  );
};

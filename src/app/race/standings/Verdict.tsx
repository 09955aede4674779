/** The race's verdict, and what the references without a network score. */
import { contestantsOf } from '#store/race/state.ts';
import { CurveSwatch } from '../../plot/CurveSwatch.tsx';
import { scoreInWords } from '../../shared/labels.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import type { Standings } from './use-standings.ts';
import { useReferencesText, useVerdict } from './use-verdict.ts';
import { verdictHeadline, verdictSentences } from './verdict.ts';

interface VerdictProps {
  readonly contestants: readonly NamedContestant[];
  readonly standings: Standings;
}

const useFailed = (): number =>
  useApp((state) => contestantsOf(state).findIndex(({ status }) => status.phase === 'failed'));

export const Verdict = ({ contestants, standings }: VerdictProps) => {
  const found = useVerdict(contestants, standings);
  const references = useReferencesText();
  const failed = contestants[useFailed()];
  const evaluation = standings.each[0]?.evaluation;
  if (!found || !evaluation) return null;
  const { verdict, each } = found;
  const leader = verdict.decided && verdict.leads[0]?.shown ? contestants[verdict.leader] : undefined;
  return (
    <section className="race-verdict" aria-label="Verdict" data-testid="race-verdict">
      <h3>
        {leader && <CurveSwatch {...leader.style} />} {verdictHeadline(verdict, each)}
      </h3>
      <div className="number">
        {verdictSentences(verdict, each).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {failed && <p>{failed.name} failed: its last good weights count.</p>}
        <p className="quiet" title={`Score: ${scoreInWords(evaluation)}`}>
          {references} At epoch {evaluation.epoch}, 95 % intervals.
        </p>
      </div>
    </section>
  );
};

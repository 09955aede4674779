/** The race's verdict, and what the references without a network score. */
import { useShallow } from 'zustand/react/shallow';
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

const failedWords = { evaluated: 'its last good weights count', never: 'it was never evaluated' } as const;

/** What became of each contestant; undefined for one that did not fail. */
const useFailures = (): readonly (keyof typeof failedWords | undefined)[] =>
  useApp(
    useShallow((state) =>
      contestantsOf(state).map(({ status, history }) =>
        status.phase !== 'failed' ? undefined : history.evaluations.length > 0 ? 'evaluated' : 'never',
      ),
    ),
  );

export const Verdict = ({ contestants, standings }: VerdictProps) => {
  const found = useVerdict(standings);
  const references = useReferencesText();
  const failures = useFailures();
  const evaluation = standings.each[0]?.evaluation;
  if (!found || !evaluation) return null;
  const { verdict, each } = found;
  const leader =
    verdict.decided && verdict.leads[0]?.shown ? standings.each[verdict.leader]?.contestant : undefined;
  return (
    <section className="race-verdict" aria-label="Verdict" data-testid="race-verdict">
      <h3>
        {leader && <CurveSwatch {...leader.style} />} {verdictHeadline(verdict, each)}
      </h3>
      <div className="number">
        {verdictSentences(verdict, each).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {contestants.map(({ place, name }) => {
          const failure = failures[place];
          return failure && <p key={place}>{`${name} failed: ${failedWords[failure]}.`}</p>;
        })}
        <p className="quiet" title={`Score: ${scoreInWords(evaluation)}`}>
          {references} At epoch {evaluation.epoch}, 95 % intervals.
        </p>
      </div>
    </section>
  );
};

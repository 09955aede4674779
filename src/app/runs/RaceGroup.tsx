/** The retained runs of one race in the list, with buttons that open or overlay all of them. */
import type { ReactNode } from 'react';
import { contestantNames } from '../shared/race/contestant-names.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import type { ListedRun } from './use-run-list.ts';

interface RaceGroupProps {
  readonly raceId: string;
  /** At least two, in the order of their places. */
  readonly runs: readonly ListedRun[];
  /** Why they cannot become the present race now; undefined if they can. */
  readonly openBlocked: string | undefined;
  readonly onOpen: () => void;
  /** The runs as list items. */
  readonly children: ReactNode;
}

export const RaceGroup = ({ raceId, runs, openBlocked, onOpen, children }: RaceGroupProps) => {
  const present = useApp(({ race }) => race.id === raceId && race.rivals.length === runs.length - 1);
  const { runs: actions } = useActions();
  const names = contestantNames(runs.map(({ run }) => run.config)).join(', ');
  return (
    <li className="run-race" aria-current={present || undefined}>
      <div className="run-race-head">
        <span className="run-race-name">
          Race <b>{names}</b>
        </span>
        <Button
          tone="bare"
          className="run-button"
          hint="Draws the curves of all contestants in the charts, beside the present run’s."
          hintSide="left"
          aria-label={`Overlay race ${names}`}
          onClick={() => {
            for (const { run } of runs) actions.choose(run.id, true);
          }}
        >
          Overlay
        </Button>
        <Button
          tone="bare"
          className="run-button"
          hint="Shows all contestants again in one picture, with curves, epochs and verdict."
          hintSide="left"
          blocked={present ? 'This is the present race.' : openBlocked}
          aria-label={`Open race ${names}`}
          onClick={onOpen}
        >
          Open race
        </Button>
      </div>
      <ul aria-label={`Contestants, ${names}`}>{children}</ul>
    </li>
  );
};

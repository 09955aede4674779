/** The retained runs of one race in the list and in the table, with buttons that open or overlay all of them. */
import type { ReactNode } from 'react';
import { contestantNames } from '../shared/race/contestant-names.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import type { ListedRun } from './use-run-list.ts';

interface RaceProps {
  readonly raceId: string;
  /** At least two. */
  readonly runs: readonly ListedRun[];
  /** Why they cannot become the present race now; undefined if they can. */
  readonly openBlocked: string | undefined;
  readonly onOpen: () => void;
}

const byPlace = (runs: readonly ListedRun[]): readonly ListedRun[] =>
  runs.toSorted((a, b) => (a.run.race?.place ?? 0) - (b.run.race?.place ?? 0));

/** The contestants that the race names, in the order of their places. */
const namesOf = (runs: readonly ListedRun[]): string =>
  contestantNames(byPlace(runs).map(({ run }) => run.config)).join(', ');

const usePresent = ({ raceId, runs }: Pick<RaceProps, 'raceId' | 'runs'>): boolean =>
  useApp(({ race }) => race.id === raceId && race.rivals.length === runs.length - 1);

/** The name of a race, and its buttons. */
const RaceHead = ({ raceId, runs, openBlocked, onOpen }: RaceProps) => {
  const present = usePresent({ raceId, runs });
  const { runs: actions } = useActions();
  const names = namesOf(runs);
  return (
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
  );
};

/** A race in the list. Its contestants stand in the order of their places. */
export const RaceGroup = ({
  itemsOf,
  ...race
}: RaceProps & { readonly itemsOf: (runs: readonly ListedRun[]) => ReactNode }) => (
  <li className="run-race" aria-current={usePresent(race) || undefined}>
    <RaceHead {...race} />
    <ul aria-label={`Contestants, ${namesOf(race.runs)}`}>{itemsOf(byPlace(race.runs))}</ul>
  </li>
);

/** The row above a race's contestants in the table. */
export const RaceRow = ({ columns, ...race }: RaceProps & { readonly columns: number }) => (
  <tr className="runs-race" aria-current={usePresent(race) || undefined}>
    <th scope="row" colSpan={columns}>
      <RaceHead {...race} />
    </th>
  </tr>
);

/** The table of retained runs: their differences, results and notes. */
import { Fragment, useMemo, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { differingSettings, type RetainedRun } from '#store/runs/retained-run.ts';
import { settingLabel } from '../shared/labels.ts';
import { Hint } from '../ui/Hint.tsx';
import { RaceRow } from './RaceGroup.tsx';
import { type RunColumns, RunRow } from './RunRow.tsx';
import { latestFirst, type RunSort, type SortKey, sortAfter, sortRuns } from './sort-runs.ts';
import { useOwnRuns } from './use-own-runs.ts';
import {
  byCategory,
  byRace,
  type ListedRun,
  useOpenBlocked,
  useRunList,
  useRunListActions,
} from './use-run-list.ts';

interface SortHeadingProps {
  readonly label: string;
  readonly by: SortKey;
  readonly sort: RunSort;
  readonly figure?: boolean;
  readonly onSort: (sort: RunSort) => void;
}

/** A column heading that sorts the table. */
const SortHeading = ({ label, by, sort, figure = false, onSort }: SortHeadingProps) => {
  const direction = sort.key === by ? sort.direction : undefined;
  return (
    <th scope="col" className={figure ? 'figure' : undefined} aria-sort={direction}>
      <Hint text="Sorts the runs by this column. Click again to reverse the order." side="top">
        <button type="button" className="runs-sort" onClick={() => onSort(sortAfter(sort, by))}>
          {label}
          <svg viewBox="0 0 8 8" aria-hidden="true" data-direction={direction}>
            <path d="M1 2.5h6L4 6.5z" fill="currentColor" />
          </svg>
        </button>
      </Hint>
    </th>
  );
};

/** Whether a setting belongs to the score. */
const isOfScore = (key: keyof RunConfig): boolean => evaluationSettingNames.some((name) => name === key);

const differs = (runs: readonly RetainedRun[], read: (run: RetainedRun) => unknown): boolean =>
  runs.some((run) => read(run) !== read(runs[0]));

export const RunsTable = ({ onOpened }: { readonly onOpened: () => void }) => {
  const retained = useOwnRuns();
  const listed = useRunList();
  const openBlocked = useOpenBlocked();
  const { open, openRace, exportFiles } = useRunListActions();
  // The loss always has a column, since it determines the colors; the score has its own.
  const settings = useMemo(
    () => differingSettings(retained).filter((key) => key !== 'loss' && !isOfScore(key)),
    [retained],
  );
  const columns: RunColumns = {
    settings,
    changes: retained.some(({ history }) => (history.changes ?? []).length > 0),
    device: differs(retained, ({ device }) => device),
  };
  const [sort, setSort] = useState(latestFirst);
  const order = { sort, onSort: setSort };
  const columnCount = 13 + settings.length + (columns.changes ? 1 : 0) + (columns.device ? 1 : 0);
  const rowsOf = (runs: readonly ListedRun[], contestant: boolean) =>
    runs.map((item) => (
      <RunRow
        key={item.run.id}
        {...item}
        {...{ columns, contestant, openBlocked }}
        onOpen={() => void open(item.run).then(onOpened)}
        onExport={() => void exportFiles(item.run)}
      />
    ));
  return (
    <table className="runs-table number">
      <thead>
        <tr>
          <th scope="col">Overlay</th>
          <SortHeading label="Name" by="name" {...order} />
          <SortHeading label="Loss" by="loss" {...order} />
          {settings.map((key) => (
            <th key={key} scope="col">
              {settingLabel(key)}
            </th>
          ))}
          <SortHeading figure label="AUROC" by="auroc" {...order} />
          <th scope="col">Scored by</th>
          <SortHeading figure label="Epoch" by="epoch" {...order} />
          <SortHeading figure label="Step" by="step" {...order} />
          <SortHeading figure label="Time" by="time" {...order} />
          {columns.changes && <th scope="col">Changed</th>}
          <th scope="col" className="figure">
            Size
          </th>
          {columns.device && <th scope="col">Device</th>}
          <th scope="col">From the paper</th>
          <SortHeading label="Retained" by="retained" {...order} />
          <th scope="col">Note</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      {byCategory(listed).map(([category, group]) => (
        <tbody key={category}>
          <tr className="runs-group">
            <th scope="rowgroup" colSpan={columnCount}>
              {category || 'unknown category'}
            </th>
          </tr>
          {byRace(sortRuns(group, sort)).map(({ raceId, runs }) =>
            raceId === undefined ? (
              rowsOf(runs, false)
            ) : (
              <Fragment key={raceId}>
                <RaceRow
                  {...{ raceId, runs, openBlocked }}
                  columns={columnCount}
                  onOpen={() => void openRace(raceId).then(onOpened)}
                />
                {rowsOf(runs, true)}
              </Fragment>
            ),
          )}
        </tbody>
      ))}
    </table>
  );
};

/** The table of retained runs: their differences, results and notes. */
import { useMemo, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import type { RunLength, ShortEnd } from '#core/run-length.ts';
import {
  comparedRunOf,
  differingSettings,
  lengthOf,
  type RetainedRun,
  stepOf,
} from '#store/runs/retained-run.ts';
import { CurveSwatch } from '../plot/CurveSwatch.tsx';
import { lossLabels, settingLabel, settingValue } from '../shared/labels.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { PaperDifferences } from '../shared/paper-differences/PaperDifferences.tsx';
import { changesByStep } from '../shared/run-changes.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { DeleteIcon } from '../ui/icons.tsx';
import { EditableText } from './EditableText.tsx';
import { OverlayBox, RaceAgain, RunAuroc, RunSize, runHints } from './RunParts.tsx';
import { latestFirst, type RunSort, type SortKey, sortAfter, sortRuns } from './sort-runs.ts';
import { useOwnRuns } from './use-own-runs.ts';
import { byCategory, useOpenBlocked, useRunList, useRunListActions } from './use-run-list.ts';

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

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `40`, or `stopped at 12 of 40`. */
const lengthCell = ({ epochs, planned, short }: RunLength, end: ShortEnd): string =>
  short ? `${end} at ${epochs} of ${planned}` : String(epochs);

/** Whether a setting belongs to the score. */
const isOfScore = (key: keyof RunConfig): boolean => evaluationSettingNames.some((name) => name === key);

const differs = (runs: readonly RetainedRun[], read: (run: RetainedRun) => unknown): boolean =>
  runs.some((run) => read(run) !== read(runs[0]));

export const RunsTable = ({ onOpened }: { readonly onOpened: () => void }) => {
  const retained = useOwnRuns();
  const listed = useRunList();
  const openBlocked = useOpenBlocked();
  const { runs } = useActions();
  const { open, exportFiles } = useRunListActions();
  // The loss always has a column, since it determines the colors; the score has its own.
  const settings = useMemo(
    () => differingSettings(retained).filter((key) => key !== 'loss' && !isOfScore(key)),
    [retained],
  );
  const showChanges = retained.some(({ history }) => (history.changes ?? []).length > 0);
  const showDevice = differs(retained, ({ device }) => device);
  const [sort, setSort] = useState(latestFirst);
  const order = { sort, onSort: setSort };
  const columns = 13 + (showChanges ? 1 : 0) + settings.length + (showDevice ? 1 : 0);
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
          {showChanges && <th scope="col">Changed</th>}
          <th scope="col" className="figure">
            Size
          </th>
          {showDevice && <th scope="col">Device</th>}
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
            <th scope="rowgroup" colSpan={columns}>
              {category || 'unknown category'}
            </th>
          </tr>
          {sortRuns(group, sort).map(
            ({ run, chosen, choosable, present, shortEnd, unsaved, style, measured }) => (
              <tr key={run.id} aria-current={present || undefined}>
                <td>
                  <label className="runs-overlay">
                    <OverlayBox {...{ run, chosen, choosable }} />
                    <CurveSwatch {...style} />
                  </label>
                </td>
                <th scope="row">
                  <EditableText
                    label={`Name of ${run.name}`}
                    value={run.name}
                    onChange={(name) => void runs.rename(run.id, name)}
                  />
                </th>
                <td>{lossLabels[run.config.loss]}</td>
                {settings.map((key) => (
                  <td key={key}>{settingValue(run.config, key)}</td>
                ))}
                <td className="figure">
                  <RunAuroc run={run} measured={measured} />
                </td>
                <td className={measured.comparable ? 'runs-score' : 'runs-score run-measure'}>
                  {measured.evaluation ? scoringInWords(measured.evaluation) : '–'}
                  {measured.rescored && ', rescored'}
                </td>
                <td className="figure">{lengthCell(lengthOf(run), shortEnd)}</td>
                <td className="figure">{stepOf(run)}</td>
                <td className="figure">{run.trainMs === undefined ? '–' : formatDuration(run.trainMs)}</td>
                {showChanges && (
                  <td className="runs-changes">
                    {changesByStep(run.history.changes, run.summary.stepsPerEpoch)
                      .map(({ text }) => text)
                      .join('; ') || '–'}
                  </td>
                )}
                <td className="figure">
                  <RunSize run={run} />
                </td>
                {showDevice && <td>{run.device ?? '–'}</td>}
                <td>
                  <PaperDifferences of={run.name} {...comparePaper(comparedRunOf(run))} />
                </td>
                <td className="runs-date">
                  {dateFormat.format(run.createdAt)}
                  {unsaved && <b className="run-unsaved">, not saved</b>}
                </td>
                <td className="runs-note-cell">
                  <EditableText
                    label={`Note on ${run.name}`}
                    value={run.note}
                    placeholder="add a note"
                    onChange={(note) => void runs.annotate(run.id, note)}
                  />
                </td>
                <td>
                  <span className="runs-actions">
                    <RaceAgain run={run} />
                    <Button
                      tone="bare"
                      hint={runHints.open}
                      blocked={present ? runHints.present : openBlocked}
                      aria-label={`Open ${run.name}`}
                      onClick={() => void open(run).then(onOpened)}
                    >
                      {present ? 'present' : 'Open'}
                    </Button>
                    <Button
                      tone="bare"
                      hint={runHints.export}
                      aria-label={`Export ${run.name}`}
                      onClick={() => void exportFiles(run)}
                    >
                      Export
                    </Button>
                    <Button
                      tone="bare"
                      className="run-button"
                      aria-label={`Delete ${run.name}`}
                      hint={runHints.remove}
                      onClick={() => void runs.remove(run.id)}
                    >
                      <DeleteIcon />
                    </Button>
                  </span>
                </td>
              </tr>
            ),
          )}
        </tbody>
      ))}
    </table>
  );
};

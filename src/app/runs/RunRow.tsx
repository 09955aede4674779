/** One retained run in the table of runs. */
import type { RunConfig } from '#core/config.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import type { RunLength, ShortEnd } from '#core/run-length.ts';
import { comparedRunOf, lengthOf, stepOf } from '#store/runs/retained-run.ts';
import { CurveSwatch } from '../plot/CurveSwatch.tsx';
import { lossLabels, settingValue } from '../shared/labels.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { PaperDifferences } from '../shared/paper-differences/PaperDifferences.tsx';
import { changesByStep } from '../shared/run-changes.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration } from '../ui/format.ts';
import { DeleteIcon } from '../ui/icons.tsx';
import { EditableText } from './EditableText.tsx';
import { OverlayBox, RaceAgain, RunAuroc, RunSize, runHints } from './RunParts.tsx';
import type { ListedRun } from './use-run-list.ts';

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `40`, or `stopped at 12 of 40`. */
const lengthCell = ({ epochs, planned, short }: RunLength, end: ShortEnd): string =>
  short ? `${end} at ${epochs} of ${planned}` : String(epochs);

/** The columns that only some tables have. */
export interface RunColumns {
  readonly settings: readonly (keyof RunConfig)[];
  readonly changes: boolean;
  readonly device: boolean;
}

interface RunRowProps extends ListedRun {
  readonly columns: RunColumns;
  /** Whether it stands below the row of its race. */
  readonly contestant: boolean;
  /** Why no run can become the present run now; undefined if one can. */
  readonly openBlocked: string | undefined;
  readonly onOpen: () => void;
  readonly onExport: () => void;
}

export const RunRow = ({
  run,
  chosen,
  choosable,
  present,
  shortEnd,
  unsaved,
  style,
  measured,
  columns,
  contestant,
  openBlocked,
  onOpen,
  onExport,
}: RunRowProps) => {
  const { runs } = useActions();
  return (
    <tr aria-current={present || undefined} data-contestant={contestant || undefined}>
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
      {columns.settings.map((key) => (
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
      {columns.changes && (
        <td className="runs-changes">
          {changesByStep(run.history.changes, run.summary.stepsPerEpoch)
            .map(({ text }) => text)
            .join('; ') || '–'}
        </td>
      )}
      <td className="figure">
        <RunSize run={run} />
      </td>
      {columns.device && <td>{run.device ?? '–'}</td>}
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
            onClick={onOpen}
          >
            {present ? 'present' : 'Open'}
          </Button>
          <Button tone="bare" hint={runHints.export} aria-label={`Export ${run.name}`} onClick={onExport}>
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
  );
};

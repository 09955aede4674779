/** What a category gave with one loss: its value and interval, or what keeps it from having one. */
import type { TableCell } from '#core/table/aggregate.ts';
import { aurocText, intervalText, missingText } from '#core/table/cell-text.ts';
import { lossLabels } from '../shared/loss-labels.ts';
import { PaperDifferences } from '../shared/paper-differences/PaperDifferences.tsx';
import { useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { PaperCells } from './PaperCells.tsx';
import { DifferenceCell } from './ReferenceCells.tsx';

interface MeasuredCellProps {
  /** Whether the table has a column for the difference to the variation model. */
  readonly withDifference: boolean;
  readonly category: string;
  readonly cell: TableCell;
}

/** How far the run under way is. */
const RunningProgress = ({ category }: { readonly category: string }) => {
  const epoch = useApp((state) => state.run.status.epoch);
  const epochs = useApp((state) => state.run.configured?.epochs ?? state.run.config.epochs);
  const trains = useApp((state) => state.run.status.phase === 'running');
  return (
    <span className="result-state" data-state="running">
      {trains ? `epoch ${epoch} / ${epochs}` : 'preparing'}
      <progress aria-label={`Run of ${category}`} value={trains ? epoch : 0} max={epochs} />
    </span>
  );
};

const Reasons = ({ cell, text }: { readonly cell: TableCell; readonly text: string }) => (
  <Hint text={cell.reasons.join(' ')} side="top">
    <button
      type="button"
      className="result-reason"
      data-state={cell.problem}
      aria-label={`${text}: ${cell.reasons.join(' ')}`}
    >
      {text}
    </button>
  </Hint>
);

/** The state below a value, or in its place. */
const State = ({ category, cell }: Pick<MeasuredCellProps, 'category' | 'cell'>) => {
  if (cell.status === 'running') return <RunningProgress category={category} />;
  const partly = cell.seedsMeasured > 0 && cell.seedsMeasured < cell.seedsPlanned;
  const text = partly ? `${cell.seedsMeasured} of ${cell.seedsPlanned} seeds` : missingText(cell);
  if (cell.reasons.length > 0) return <Reasons cell={cell} text={text === '' ? 'no interval' : text} />;
  if (text === '') return null;
  return (
    <span className="result-state" data-state={cell.status}>
      {text}
    </span>
  );
};

export const MeasuredCell = ({ category, cell, withDifference }: MeasuredCellProps) => (
  <>
    <td className="result-measured">
      {cell.mean !== undefined && (
        <span className="result-value">
          {cell.best ? <b>{aurocText(cell.mean)}</b> : aurocText(cell.mean)}
        </span>
      )}
      {cell.interval && <span className="result-interval">{intervalText(cell.interval)}</span>}
      <State category={category} cell={cell} />
      {cell.status !== 'not-planned' && (
        <PaperDifferences of={`${category}, ${lossLabels[cell.loss]}`} {...cell} />
      )}
    </td>
    <PaperCells cell={cell} decimals={2} />
    {withDifference && <DifferenceCell figure={cell.toVariationModel} />}
  </>
);

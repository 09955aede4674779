/** The cells of the table of results. A measured cell has a value and an interval, or the reason for their absence. */
import type { MeanCell, TableCell } from '#core/table/aggregate.ts';
import type { CellFigure, TableReferences } from '#core/table/cell-figure.ts';
import {
  aurocText,
  differenceIntervalText,
  differenceText,
  intervalText,
  missingText,
  paperText,
} from '#core/table/cell-text.ts';
import { isPaperLoss } from '#core/table/paper-table.ts';
import { lossLabels } from '../shared/labels.ts';
import { PaperDifferences } from '../shared/paper-differences/PaperDifferences.tsx';
import { useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';

const FigureCell = ({ figure }: { readonly figure: CellFigure | undefined }) => (
  <td className="result-reference">
    {figure && <span className="result-value">{aurocText(figure.mean)}</span>}
    {figure?.interval && <span className="result-interval">{intervalText(figure.interval)}</span>}
  </td>
);

/** The mean image and the variation model of a category. */
export const ReferenceCells = ({ references }: { readonly references: TableReferences }) => (
  <>
    <FigureCell figure={references.meanImage} />
    <FigureCell figure={references.variationModel} />
  </>
);

/** The means of the mean image and the variation model. */
export const ReferenceMeanCells = ({ means }: { readonly means: TableReferences<number> }) => (
  <>
    <td className="result-reference">{means.meanImage !== undefined && aurocText(means.meanImage)}</td>
    <td className="result-reference">
      {means.variationModel !== undefined && aurocText(means.variationModel)}
    </td>
  </>
);

/** The difference between a run's AUROC and the variation model's. */
export const DifferenceCell = ({ figure }: { readonly figure: CellFigure | undefined }) => (
  <td className="result-reference">
    {figure && <span className="result-value">{differenceText(figure.mean)}</span>}
    {figure?.interval && <span className="result-interval">{differenceIntervalText(figure.interval)}</span>}
  </td>
);

interface PaperCellsProps {
  readonly cell: TableCell | MeanCell;
  readonly decimals: 2 | 3;
}

const direction = (difference: number): string =>
  differenceText(difference).startsWith('+') ? 'above' : difference < 0 ? 'below' : 'same';

/** The paper's value and the difference from it; nothing for losses that the paper lacks. */
export const PaperCells = ({ cell, decimals }: PaperCellsProps) => {
  if (!isPaperLoss(cell.loss)) return null;
  const paper = cell.paper === undefined ? undefined : paperText(cell.paper, decimals);
  return (
    <>
      <td className="result-paper">{paper !== undefined && (cell.paperBest ? <b>{paper}</b> : paper)}</td>
      <td className="result-difference">
        {cell.difference !== undefined && (
          <span data-direction={direction(cell.difference)}>{differenceText(cell.difference)}</span>
        )}
      </td>
    </>
  );
};

interface MeasuredCellProps {
  /** Whether the table has a column for the difference to the variation model. */
  readonly withDifference: boolean;
  readonly category: string;
  readonly cell: TableCell;
}

/** The progress of the current run. */
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

/** The state below a value, or instead of one. */
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

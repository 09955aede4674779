/** The paper's value and the difference from it; nothing for losses that the paper does not have. */
import type { MeanCell, TableCell } from '#core/table/aggregate.ts';
import { differenceText, paperText } from '#core/table/cell-text.ts';
import { isPaperLoss } from '#core/table/paper-table.ts';

interface PaperCellsProps {
  readonly cell: TableCell | MeanCell;
  readonly decimals: 2 | 3;
}

const direction = (difference: number): string =>
  differenceText(difference).startsWith('+') ? 'above' : difference < 0 ? 'below' : 'same';

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

/** What the columns of a cell hold in a written table, in any markup. */
import type { MeanCell, TableCell } from './aggregate.ts';
import { aurocText, differenceText, intervalText, missingText, paperText } from './cell-text.ts';
import { isPaperLoss } from './paper-table.ts';

/** How a kind of file writes the parts of a cell. */
export interface CellMarkup {
  /** A text that stands there as it is. */
  readonly escaped: (text: string) => string;
  readonly bold: (text: string) => string;
  /** `differenceText`. */
  readonly difference: (text: string) => string;
  /** `intervalText`. */
  readonly interval: (text: string) => string;
}

/** The columns of a cell of the table and of one of its last row: measured, and for the paper's losses its value and the difference. */
export const cellColumns = ({ escaped, bold, difference, interval }: CellMarkup) => {
  const stressed = (text: string, best: boolean): string => (best ? bold(text) : text);
  const paperColumns = (cell: TableCell | MeanCell, decimals: 2 | 3): readonly string[] =>
    isPaperLoss(cell.loss)
      ? [
          cell.paper === undefined ? '' : stressed(paperText(cell.paper, decimals), cell.paperBest),
          cell.difference === undefined ? '' : difference(differenceText(cell.difference)),
        ]
      : [];
  return {
    ofCell: (cell: TableCell): readonly string[] => {
      const value =
        cell.mean === undefined ? escaped(missingText(cell)) : stressed(aurocText(cell.mean), cell.best);
      const spread = cell.interval ? ` ${interval(intervalText(cell.interval))}` : '';
      return [`${value}${spread}`, ...paperColumns(cell, 2)];
    },
    ofMean: (cell: MeanCell): readonly string[] => [
      cell.mean === undefined ? '' : stressed(aurocText(cell.mean), cell.best),
      ...paperColumns(cell, 3),
    ],
  };
};

/** The columns of a cell in a written table, in any markup. */
import type { MeanCell, ResultTable, TableCell, TableRow } from './aggregate.ts';
import type { CellFigure } from './cell-figure.ts';
import {
  aurocText,
  differenceIntervalText,
  differenceText,
  intervalText,
  missingText,
  paperText,
} from './cell-text.ts';
import { isPaperLoss } from './paper-table.ts';

/** How a file format writes the parts of a cell. */
export interface CellMarkup {
  /** Escapes text. */
  readonly escaped: (text: string) => string;
  readonly bold: (text: string) => string;
  /** `differenceText`. */
  readonly difference: (text: string) => string;
  /** `intervalText`. */
  readonly interval: (text: string) => string;
}

/**
 * The columns of a cell and of a mean: the measured value; for the paper's losses, the paper's value and the difference; the
 * difference from the variation model if the table has it; and the columns of the references.
 */
export const cellColumns = ({ escaped, bold, difference, interval }: CellMarkup) => {
  const stressed = (text: string, best: boolean): string => (best ? bold(text) : text);
  const paperColumns = (cell: TableCell | MeanCell, decimals: 2 | 3): readonly string[] =>
    isPaperLoss(cell.loss)
      ? [
          cell.paper === undefined ? '' : stressed(paperText(cell.paper, decimals), cell.paperBest),
          cell.difference === undefined ? '' : difference(differenceText(cell.difference)),
        ]
      : [];
  const spreadOfDifference = ({ interval: spread }: CellFigure): string =>
    spread ? ` ${interval(differenceIntervalText(spread))}` : '';
  const spreadOf = (figure: CellFigure | undefined): string =>
    figure?.interval ? ` ${interval(intervalText(figure.interval))}` : '';
  return {
    /** The mean image and the variation model of a category; none if the table has no columns for them. */
    ofReferences: ({ references }: TableRow, { hasReferences }: ResultTable): readonly string[] =>
      hasReferences
        ? [references.meanImage, references.variationModel].map((figure) =>
            figure ? `${aurocText(figure.mean)}${spreadOf(figure)}` : '',
          )
        : [],
    ofReferenceMeans: ({ referenceMeans, hasReferences }: ResultTable): readonly string[] =>
      hasReferences
        ? [referenceMeans.meanImage, referenceMeans.variationModel].map((mean) =>
            mean === undefined ? '' : aurocText(mean),
          )
        : [],
    ofCell: (cell: TableCell, { hasReferences }: ResultTable): readonly string[] => {
      const value =
        cell.mean === undefined ? escaped(missingText(cell)) : stressed(aurocText(cell.mean), cell.best);
      const spread = cell.interval ? ` ${interval(intervalText(cell.interval))}` : '';
      const { toVariationModel } = cell;
      const beyond = toVariationModel
        ? `${difference(differenceText(toVariationModel.mean))}${spreadOfDifference(toVariationModel)}`
        : '';
      return [`${value}${spread}`, ...paperColumns(cell, 2), ...(hasReferences ? [beyond] : [])];
    },
    ofMean: (cell: MeanCell, { hasReferences, referenceMeans }: ResultTable): readonly string[] => [
      cell.mean === undefined ? '' : stressed(aurocText(cell.mean), cell.best),
      ...paperColumns(cell, 3),
      ...(hasReferences
        ? [
            cell.mean === undefined || referenceMeans.variationModel === undefined
              ? ''
              : difference(differenceText(cell.mean - referenceMeans.variationModel)),
          ]
        : []),
    ],
  };
};

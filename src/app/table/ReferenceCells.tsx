/** What takes no network in the table: its own columns, and the differences of the runs to it. */
import type { CellFigure, TableReferences } from '#core/table/cell-figure.ts';
import { aurocText, differenceIntervalText, differenceText, intervalText } from '#core/table/cell-text.ts';

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

/** Their means. */
export const ReferenceMeanCells = ({ means }: { readonly means: TableReferences<number> }) => (
  <>
    <td className="result-reference">{means.meanImage !== undefined && aurocText(means.meanImage)}</td>
    <td className="result-reference">
      {means.variationModel !== undefined && aurocText(means.variationModel)}
    </td>
  </>
);

/** A run's AUROC less that of the variation model. */
export const DifferenceCell = ({ figure }: { readonly figure: CellFigure | undefined }) => (
  <td className="result-reference">
    {figure && <span className="result-value">{differenceText(figure.mean)}</span>}
    {figure?.interval && <span className="result-interval">{differenceIntervalText(figure.interval)}</span>}
  </td>
);

/** Measured image AUROC beside the paper's: categories in rows, losses in columns. */
import { useId, useMemo } from 'react';
import type { LossName } from '#core/config.ts';
import { aggregateTable, type MeanCell, type ResultTable as Results } from '#core/table/aggregate.ts';
import { aurocText, differenceText } from '#core/table/cell-text.ts';
import { captionSentences, meanLabel, referenceHeads } from '#core/table/describe-table.ts';
import { isPaperLoss } from '#core/table/paper-table.ts';
import { lossLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { MeasuredCell, PaperCells, ReferenceCells, ReferenceMeanCells } from './ResultCells.tsx';
import './result-table.css';

const columnsOf = (loss: LossName, hasReferences: boolean): number =>
  (isPaperLoss(loss) ? 3 : 1) + (hasReferences ? 1 : 0);

const Heads = ({ losses, hasReferences }: Pick<Results, 'losses' | 'hasReferences'>) => (
  <thead>
    <tr>
      <th scope="col" rowSpan={2} className="result-category">
        Category
      </th>
      {hasReferences && (
        <th scope="colgroup" colSpan={referenceHeads.length} className="result-loss">
          No network
        </th>
      )}
      {losses.map((loss) => (
        <th
          key={loss}
          scope="colgroup"
          colSpan={columnsOf(loss, hasReferences)}
          className="result-loss"
          style={{ borderTopColor: `var(--loss-${loss})` }}
        >
          {lossLabels[loss]}
        </th>
      ))}
    </tr>
    <tr>
      {hasReferences &&
        referenceHeads.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      {losses.flatMap((loss) => {
        const measured = (
          <th key={loss} scope="col" className="result-measured">
            measured
          </th>
        );
        const beyond = hasReferences
          ? [
              <th key={`${loss} beyond`} scope="col">
                to variation model
              </th>,
            ]
          : [];
        if (!isPaperLoss(loss)) return [measured, ...beyond];
        return [
          measured,
          <th key={`${loss} paper`} scope="col">
            paper
          </th>,
          <th key={`${loss} difference`} scope="col">
            difference
          </th>,
          ...beyond,
        ];
      })}
    </tr>
  </thead>
);

interface MeanCellsProps {
  readonly cell: MeanCell;
  readonly table: Results;
}

const MeanCells = ({ cell, table: { hasReferences, referenceMeans } }: MeanCellsProps) => (
  <>
    <td className="result-measured">
      {cell.mean !== undefined && (cell.best ? <b>{aurocText(cell.mean)}</b> : aurocText(cell.mean))}
    </td>
    <PaperCells cell={cell} decimals={3} />
    {hasReferences && (
      <td className="result-reference">
        {cell.mean !== undefined &&
          referenceMeans.variationModel !== undefined &&
          differenceText(cell.mean - referenceMeans.variationModel)}
      </td>
    )}
  </>
);

export const ResultTable = () => {
  const entries = useApp((state) => state.table.entries);
  const table = useMemo(() => aggregateTable(entries), [entries]);
  const notesId = useId();
  const results = (
    <section className="result-scroll" aria-label="Table of results" {...useScrollRegion('both')}>
      <table className="result-table" aria-describedby={notesId}>
        <caption className="visually-hidden">Image AUROC by category and loss</caption>
        <colgroup>
          <col />
        </colgroup>
        {table.hasReferences && <colgroup span={referenceHeads.length} />}
        {table.losses.map((loss) => (
          <colgroup key={loss} span={columnsOf(loss, table.hasReferences)} />
        ))}
        <Heads losses={table.losses} hasReferences={table.hasReferences} />
        <tbody>
          {table.rows.map(({ category, cells, references }) => (
            <tr key={category}>
              <th scope="row" className="result-category">
                {category}
              </th>
              {table.hasReferences && <ReferenceCells references={references} />}
              {cells.map((cell) => (
                <MeasuredCell
                  key={cell.loss}
                  category={category}
                  cell={cell}
                  withDifference={table.hasReferences}
                />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="result-category">
              {meanLabel(table)}
            </th>
            {table.hasReferences && <ReferenceMeanCells means={table.referenceMeans} />}
            {table.means.map((cell) => (
              <MeanCells key={cell.loss} cell={cell} table={table} />
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
  // A caption would be as wide as the table and scroll with it.
  return (
    <div>
      {results}
      <p id={notesId} className="result-notes">
        {captionSentences(table).join(' ')}
      </p>
    </div>
  );
};

/** Measured image AUROC beside the paper's: categories down, losses across. */
import { useId, useMemo } from 'react';
import { aggregateTable, type MeanCell, type ResultTable as Results } from '#core/table/aggregate.ts';
import { aurocText } from '#core/table/cell-text.ts';
import { captionSentences, meanLabel } from '#core/table/describe-table.ts';
import { isPaperLoss } from '#core/table/paper-table.ts';
import { useApp } from '../hooks/store-context.ts';
import { lossLabels } from '../loss-labels.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { MeasuredCell } from './MeasuredCell.tsx';
import { PaperCells } from './PaperCells.tsx';
import './result-table.css';

const Heads = ({ losses }: Pick<Results, 'losses'>) => (
  <thead>
    <tr>
      <th scope="col" rowSpan={2} className="result-category">
        Category
      </th>
      {losses.map((loss) => (
        <th
          key={loss}
          scope="colgroup"
          colSpan={isPaperLoss(loss) ? 3 : 1}
          className="result-loss"
          style={{ borderTopColor: `var(--loss-${loss})` }}
        >
          {lossLabels[loss]}
        </th>
      ))}
    </tr>
    <tr>
      {losses.flatMap((loss) => {
        const measured = (
          <th key={loss} scope="col" className="result-measured">
            measured
          </th>
        );
        if (!isPaperLoss(loss)) return [measured];
        return [
          measured,
          <th key={`${loss} paper`} scope="col">
            paper
          </th>,
          <th key={`${loss} difference`} scope="col">
            difference
          </th>,
        ];
      })}
    </tr>
  </thead>
);

const MeanCells = ({ cell }: { readonly cell: MeanCell }) => (
  <>
    <td className="result-measured">
      {cell.mean !== undefined && (cell.best ? <b>{aurocText(cell.mean)}</b> : aurocText(cell.mean))}
    </td>
    <PaperCells cell={cell} decimals={3} />
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
        {table.losses.map((loss) => (
          <colgroup key={loss} span={isPaperLoss(loss) ? 3 : 1} />
        ))}
        <Heads losses={table.losses} />
        <tbody>
          {table.rows.map(({ category, cells }) => (
            <tr key={category}>
              <th scope="row" className="result-category">
                {category}
              </th>
              {cells.map((cell) => (
                <MeasuredCell key={cell.loss} category={category} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="result-category">
              {meanLabel(table)}
            </th>
            {table.means.map((cell) => (
              <MeanCells key={cell.loss} cell={cell} />
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
  // Below the table and not in its caption, which would be as wide as the table and scroll away with it.
  return (
    <div>
      {results}
      <p id={notesId} className="result-notes">
        {captionSentences(table).join(' ')}
      </p>
    </div>
  );
};

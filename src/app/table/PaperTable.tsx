/** Table II as printed in the paper, with MVTec AD's image counts per category. */
import { flagBest } from '#core/table/aggregate.ts';
import { paperText } from '#core/table/cell-text.ts';
import { paperAuroc, paperLosses } from '#core/table/paper-table.ts';
import { officialCategories } from '#core/table/table-cost.ts';
import { lossLabels } from '../shared/labels.ts';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import './result-table.css';

const rows = officialCategories.map(({ name, counts }) => {
  const values = paperLosses.map((loss) => paperAuroc(name, loss));
  return { name, counts, values, best: flagBest(values) };
});

const means = paperLosses.map((_, column) => {
  const values = rows.flatMap(({ values }) => values[column] ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
});
const bestMeans = flagBest(means);

const Value = ({ value, best, decimals }: { value: number | undefined; best: boolean; decimals: 2 | 3 }) => {
  const text = value === undefined ? '' : paperText(value, decimals);
  return <td className="result-measured">{best ? <b>{text}</b> : text}</td>;
};

export const PaperTable = () => (
  <section className="result-scroll paper-table" aria-label="Table II of the paper" {...useScrollRegion('x')}>
    <table className="result-table">
      <caption className="visually-hidden">
        Image AUROC by category and loss, as the paper prints it, and the images of MVTec AD
      </caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2} className="result-category">
            Category
          </th>
          {paperLosses.map((loss) => (
            <th
              key={loss}
              scope="col"
              rowSpan={2}
              className="result-loss"
              style={{ borderTopColor: `var(--loss-${loss})` }}
            >
              {lossLabels[loss]}
            </th>
          ))}
          <th
            scope="colgroup"
            colSpan={3}
            className="result-loss"
            style={{ borderTopColor: 'var(--line-strong)' }}
          >
            Images
          </th>
        </tr>
        <tr>
          <th scope="col">train</th>
          <th scope="col">test, good</th>
          <th scope="col">test, anomalous</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counts, values, best }) => (
          <tr key={name}>
            <th scope="row" className="result-category">
              {name}
            </th>
            {paperLosses.map((loss, column) => (
              <Value key={loss} value={values[column]} best={best[column] ?? false} decimals={2} />
            ))}
            <td className="result-measured result-paper">{counts.train}</td>
            <td className="result-paper">{counts.testGood}</td>
            <td className="result-paper">{counts.testAnomalous}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="result-category">
            Mean of {rows.length}
          </th>
          {paperLosses.map((loss, column) => (
            <Value key={loss} value={means[column]} best={bestMeans[column] ?? false} decimals={3} />
          ))}
          <td className="result-measured" colSpan={3} />
        </tr>
      </tfoot>
    </table>
  </section>
);

/** The table as CSV (RFC 4180): one row per category and loss, full precision, for a spreadsheet or pandas. */
import { type CsvValue, toCsv } from '../csv.ts';
import type { MeanCell, ResultTable, TableCell, TableRow } from './aggregate.ts';

const header = [
  'category',
  'loss',
  'status',
  'seeds',
  'image_auroc',
  'lower',
  'upper',
  'interval',
  'paper',
  'difference',
  'to_variation_model',
  'to_variation_model_lower',
  'to_variation_model_upper',
  'note',
  'differs_from_paper',
];

/** Six decimals are far more than a test set of a few hundred images can resolve. */
const figure = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(6));

const intervalNames = { bootstrap: 'bootstrap 95 %', range: 'range of seeds' } as const;

const cellRow = (category: string, cell: TableCell): readonly CsvValue[] => [
  category,
  cell.loss,
  cell.status,
  cell.seedsMeasured,
  figure(cell.mean),
  figure(cell.interval?.lower),
  figure(cell.interval?.upper),
  cell.interval ? intervalNames[cell.interval.kind] : '',
  figure(cell.paper),
  figure(cell.difference),
  figure(cell.toVariationModel?.mean),
  figure(cell.toVariationModel?.interval?.lower),
  figure(cell.toVariationModel?.interval?.upper),
  cell.reasons.join(' '),
  cell.differences.join(' '),
];

/** Rows of the references, with the baseline's name in place of a loss. */
const referenceRows = ({ category, references }: TableRow): readonly (readonly CsvValue[])[] =>
  (
    [
      ['mean-image', references.meanImage],
      ['variation-model', references.variationModel],
    ] as const
  ).flatMap(([name, found]) =>
    found
      ? [
          [
            ...[category, name, '', '', figure(found.mean)],
            ...[figure(found.interval?.lower), figure(found.interval?.upper)],
            found.interval ? intervalNames[found.interval.kind] : '',
            ...['', '', '', '', '', 'without a network', ''],
          ],
        ]
      : [],
  );

const meanRow = (
  { loss, mean, paper, difference }: MeanCell,
  { completeRows, completePaperRows, referenceMeans }: ResultTable,
): readonly CsvValue[] => [
  'mean',
  loss,
  '',
  '',
  figure(mean),
  '',
  '',
  '',
  figure(paper),
  figure(difference),
  figure(
    mean === undefined || referenceMeans.variationModel === undefined
      ? undefined
      : mean - referenceMeans.variationModel,
  ),
  '',
  '',
  `over ${completeRows} complete categories${completePaperRows === completeRows ? '' : `, paper over ${completePaperRows}`}`,
  '',
];

/** Writes the table; lines end with CRLF. Cells without a value are empty, and `note` has the reason. */
export const writeTableCsv = (table: ResultTable): string => {
  const rows = [
    ...table.rows.flatMap((row) => [
      ...referenceRows(row),
      ...row.cells.map((cell) => cellRow(row.category, cell)),
    ]),
    ...table.means.map((mean) => meanRow(mean, table)),
  ];
  return toCsv(header, rows);
};

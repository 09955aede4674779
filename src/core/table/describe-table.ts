/** The description of a table: its settings, and how its intervals and means were computed. */
import type { RunConfig } from '../config.ts';
import type { ResultTable, TableCell } from './aggregate.ts';

/** A setting's value as text: `64`, `true`, `radial`; lists and objects as JSON. */
export const settingText = (value: RunConfig[keyof RunConfig]): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The settings that a table's runs share, by name: all except loss and seed. */
export const sharedSettings = (base: RunConfig): readonly (readonly [name: string, value: string])[] =>
  (Object.keys(base) as (keyof RunConfig)[])
    .filter((key) => key !== 'loss' && key !== 'seed')
    .map((key) => [key, settingText(base[key])] as const);

const kindsOf = ({ rows }: ResultTable): ReadonlySet<string> =>
  new Set(rows.flatMap(({ cells }) => cells.flatMap(({ interval }: TableCell) => interval?.kind ?? [])));

/** One sentence per kind of interval in the table; none if it has no value yet. */
export const intervalNotes = (table: ResultTable): readonly string[] => {
  const kinds = kindsOf(table);
  return [
    ...(kinds.has('bootstrap')
      ? ['In brackets beside one seed: the bootstrap 95 % interval over the test images.']
      : []),
    ...(kinds.has('range')
      ? [
          'Beside several seeds: their mean, with the lowest and the highest in brackets; not a confidence interval.',
        ]
      : []),
  ];
};

/** The columns of the references. */
export const referenceHeads: readonly string[] = ['mean image', 'variation model'];

const referenceNotes = ({ hasReferences }: ResultTable): readonly string[] =>
  hasReferences
    ? [
        'Mean image and variation model: the same score of the difference from the mean good training image, plain and calibrated, without a network; to variation model: measured minus its AUROC, with a paired bootstrap 95 % interval or the range of seeds.',
      ]
    : [];

/** The label of the mean row, which names the rows that it includes. */
export const meanLabel = ({ rows, completeRows, completePaperRows }: ResultTable): string => {
  const over = `Mean over ${completeRows} of ${rows.length}`;
  return completePaperRows === completeRows ? over : `${over} (paper: ${completePaperRows})`;
};

/** The table's caption, in whole sentences. */
export const captionSentences = (table: ResultTable): readonly string[] => [
  'Image AUROC beside Table II of the paper; difference: measured minus paper.',
  ...intervalNotes(table),
  ...referenceNotes(table),
  'Means are over the categories in which every loss has a value; the best of a row is bold.',
];

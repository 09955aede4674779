/** The table as GitHub-flavored Markdown, with its caption and settings below. */
import type { LossName, RunConfig } from '../config.ts';
import type { ResultTable } from './aggregate.ts';
import { cellColumns } from './cell-columns.ts';
import { captionSentences, meanLabel, referenceHeads, sharedSettings } from './describe-table.ts';
import { isPaperLoss } from './paper-table.ts';
import { runsInWords, tableDifferences } from './table-differences.ts';

/** The names and settings that a written table needs besides its numbers. */
export interface TableNames {
  readonly lossLabels: Readonly<Record<LossName, string>>;
  /** Settings that all runs share. */
  readonly base: RunConfig;
}

/** Escapes text for a cell of a Markdown table. */
const escaped = (text: string): string =>
  text.replace(/[\\|*_`<]/g, (character) => `\\${character}`).replace(/\s*\n\s*/g, ' ');

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const columns = cellColumns({
  escaped,
  bold: (text) => `**${text}**`,
  difference: (text) => text,
  interval: (text) => text,
});

/** Lists the reasons of cells without a value; empty if every cell has one. */
const reasonLines = ({ rows }: ResultTable, { lossLabels }: TableNames): readonly string[] =>
  rows.flatMap(({ category, cells }) =>
    cells.flatMap(({ loss, reasons }) =>
      reasons.map((reason) => `- ${escaped(category)}, ${lossLabels[loss]}: ${escaped(reason)}\n`),
    ),
  );

/** The differences of all runs from the paper's experiment, then those of single cells. */
const differenceLines = (table: ResultTable, { lossLabels }: TableNames): readonly string[] => {
  const { shared, own } = tableDifferences(table);
  return [
    ...(shared.length > 0 ? ['\nEvery run differs from the paper’s experiment:\n\n'] : []),
    ...shared.map((sentence) => `- ${escaped(sentence)}\n`),
    ...(own.length > 0 ? ['\nFurther differences of single runs:\n\n'] : []),
    ...own.map(
      (runs) => `- ${escaped(runsInWords(runs, lossLabels))}: ${escaped(runs.differences.join(' '))}\n`,
    ),
  ];
};

/** Writes the table. */
export const writeTableMarkdown = (table: ResultTable, names: TableNames): string => {
  const heads = table.losses.flatMap((loss) => {
    const label = escaped(names.lossLabels[loss]);
    const paper = isPaperLoss(loss) ? ['paper', 'difference'] : [];
    return [label, ...paper, ...(table.hasReferences ? ['to variation model'] : [])];
  });
  const references = table.hasReferences ? referenceHeads : [];
  const settings = sharedSettings(names.base).map(([name, value]) => `${name} ${value}`);
  const reasons = reasonLines(table, names);
  return [
    line(['Category', ...references, ...heads]),
    line([':--', ...[...references, ...heads].map(() => '--:')]),
    ...table.rows.map((row) =>
      line([
        escaped(row.category),
        ...columns.ofReferences(row, table),
        ...row.cells.flatMap((cell) => columns.ofCell(cell, table)),
      ]),
    ),
    line([
      meanLabel(table),
      ...columns.ofReferenceMeans(table),
      ...table.means.flatMap((mean) => columns.ofMean(mean, table)),
    ]),
    `\n${captionSentences(table).join(' ')}\n`,
    ...(reasons.length > 0 ? ['\n', ...reasons] : []),
    ...differenceLines(table, names),
    `\nSettings: ${escaped(settings.join(', '))}.\n`,
  ].join('');
};

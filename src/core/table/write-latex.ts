/** The table as LaTeX for the booktabs package. */
import type { LossName } from '../config.ts';
import type { ResultTable } from './aggregate.ts';
import { cellColumns } from './cell-columns.ts';
import { captionSentences, meanLabel, referenceHeads, sharedSettings } from './describe-table.ts';
import { isPaperLoss } from './paper-table.ts';
import { runsInWords, tableDifferences } from './table-differences.ts';
import type { TableNames } from './write-markdown.ts';

const named: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Escapes LaTeX's ten special characters. */
export const escapeLatex = (text: string): string =>
  text.replace(/[\\~^&%$#_{}]/g, (character) => named[character] ?? `\\${character}`);

const columns = cellColumns({
  escaped: escapeLatex,
  bold: (text) => `\\textbf{${text}}`,
  difference: (text) => `$${text.replace('−', '-')}$`,
  interval: (text) => `{\\scriptsize ${text.replaceAll('−', '$-$')}}`,
});

const row = (cells: readonly string[]): string => `    ${cells.join(' & ')} \\\\\n`;

/** Number of columns of a loss. */
const widthOf = (loss: LossName, hasReferences: boolean): number =>
  (isPaperLoss(loss) ? 3 : 1) + (hasReferences ? 1 : 0);

/** The two header lines: the losses over their columns, and the content of each column. */
const heads = ({ losses, hasReferences }: ResultTable, { lossLabels }: TableNames): string => {
  const references = hasReferences ? referenceHeads : [];
  let column = 2 + references.length;
  const labels: string[] = ['', ...references.map(() => '')];
  const rules: string[] = [];
  const names: string[] = ['Category', ...references];
  for (const loss of losses) {
    const width = widthOf(loss, hasReferences);
    labels.push(`\\multicolumn{${width}}{c}{${escapeLatex(lossLabels[loss])}}`);
    rules.push(`\\cmidrule(lr){${column}-${column + width - 1}}`);
    names.push('measured', ...(isPaperLoss(loss) ? ['paper', 'difference'] : []));
    if (hasReferences) names.push('to variation model');
    column += width;
  }
  return `${row(labels)}    ${rules.join(' ')}\n${row(names)}`;
};

/** Footnotes below the table: the differences of all runs from the paper's experiment, then those of single cells. */
const footnotes = (table: ResultTable, { lossLabels }: TableNames): readonly string[] => {
  const { shared, own } = tableDifferences(table);
  const notes = [
    ...(shared.length > 0 ? [`Every run differs from the paper’s experiment: ${shared.join(' ')}`] : []),
    ...own.map((runs) => `${runsInWords(runs, lossLabels)}: ${runs.differences.join(' ')}`),
  ];
  if (notes.length === 0) return [];
  return [
    '  \\par\\smallskip\n  \\begin{minipage}{\\linewidth}\\footnotesize\n',
    ...notes.map((note) => `    ${escapeLatex(note)}\\par\n`),
    '  \\end{minipage}\n',
  ];
};

/** Writes the table as a whole `table` environment, which needs `\usepackage{booktabs}`. */
export const writeTableLatex = (table: ResultTable, names: TableNames): string => {
  const { hasReferences } = table;
  const alignment = [
    hasReferences ? 'rr' : '',
    ...table.losses.map((loss) => 'r'.repeat(widthOf(loss, hasReferences))),
  ].join('');
  const settings = sharedSettings(names.base).map(([name, value]) => `${name} ${value}`);
  const caption = [...captionSentences(table), `Settings: ${settings.join(', ')}.`].join(' ');
  return [
    '% Needs \\usepackage{booktabs}.\n',
    '\\begin{table}\n',
    '  \\centering\n',
    `  \\caption{${escapeLatex(caption)}}\n`,
    `  \\begin{tabular}{l${alignment}}\n`,
    '    \\toprule\n',
    heads(table, names),
    '    \\midrule\n',
    ...table.rows.map((one) =>
      row([
        escapeLatex(one.category),
        ...columns.ofReferences(one, table),
        ...one.cells.flatMap((cell) => columns.ofCell(cell, table)),
      ]),
    ),
    '    \\midrule\n',
    row([
      escapeLatex(meanLabel(table)),
      ...columns.ofReferenceMeans(table),
      ...table.means.flatMap((mean) => columns.ofMean(mean, table)),
    ]),
    '    \\bottomrule\n',
    '  \\end{tabular}\n',
    ...footnotes(table, names),
    '\\end{table}\n',
  ].join('');
};

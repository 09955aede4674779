/** The differences of a table's runs from the paper's experiment, each listed once. */
import type { LossName } from '../config.ts';
import type { ResultTable, TableCell } from './aggregate.ts';

/** Differences that only some runs of the table have. */
export interface OwnDifferences {
  /** The single category whose runs have them; undefined if those of all categories do. */
  readonly category: string | undefined;
  /** The single loss whose runs have them; undefined if those of all losses do. */
  readonly loss: LossName | undefined;
  readonly differences: readonly string[];
}

interface PlacedCell extends Pick<TableCell, 'loss' | 'differences'> {
  readonly category: string;
}

const inAll = (cells: readonly PlacedCell[]): readonly string[] =>
  (cells[0]?.differences ?? []).filter((sentence) =>
    cells.every(({ differences }) => differences.includes(sentence)),
  );

/** Lists the differences that every planned cell has; then those of whole columns, whole rows, and single cells. */
export const tableDifferences = ({
  rows,
  losses,
}: ResultTable): { readonly shared: readonly string[]; readonly own: readonly OwnDifferences[] } => {
  const cells = rows.flatMap(({ category, cells }) =>
    cells
      .filter(({ status }) => status !== 'not-planned')
      .map(({ loss, differences }): PlacedCell => ({ category, loss, differences })),
  );
  const shared = inAll(cells);
  const without = (differences: readonly string[], ...said: readonly (readonly string[])[]) =>
    differences.filter((sentence) => !said.some((list) => list.includes(sentence)));
  const ofLoss = new Map(losses.map((loss) => [loss, inAll(cells.filter((cell) => cell.loss === loss))]));
  const ofCategory = new Map(
    rows.map(({ category }) => [category, inAll(cells.filter((cell) => cell.category === category))]),
  );
  const own: readonly OwnDifferences[] = [
    ...[...ofLoss].map(([loss, differences]) => ({
      category: undefined,
      loss,
      differences: without(differences, shared),
    })),
    ...[...ofCategory].map(([category, differences]) => ({
      category,
      loss: undefined,
      differences: without(differences, shared),
    })),
    ...cells.map(({ category, loss, differences }) => ({
      category,
      loss,
      differences: without(differences, shared, ofLoss.get(loss) ?? [], ofCategory.get(category) ?? []),
    })),
  ];
  return { shared, own: own.filter(({ differences }) => differences.length > 0) };
};

/** Names the runs of some differences: `bottle, WFDL`, `bottle` or `WFDL`. */
export const runsInWords = (
  { category, loss }: OwnDifferences,
  lossLabels: Readonly<Record<LossName, string>>,
): string => [...(category === undefined ? [] : [category]), ...(loss ? [lossLabels[loss]] : [])].join(', ');

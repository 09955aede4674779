/** Means over seeds with their spread, for the table. */
import type { ReferenceFigure } from '../baselines/run-references.ts';
import type { EntryResult, ScoreInterval } from './queue-entry.ts';

/**
 * The spread beside a cell's value. `bootstrap`: 95 % interval of one run over its test images. `range`: lowest and highest
 * of several seeds. A range assumes no distribution; a t interval for two or three seeds would reach past 0 and 1.
 */
export interface CellInterval {
  readonly kind: 'bootstrap' | 'range';
  readonly lower: number;
  readonly upper: number;
}

/** A mean over seeds with its spread. */
export interface CellFigure {
  readonly mean: number;
  readonly interval: CellInterval | undefined;
}

/** The references on a category's test images; undefined if no run of the category has reported them. */
export interface TableReferences<T = CellFigure> {
  readonly meanImage: T | undefined;
  readonly variationModel: T | undefined;
}

/** Mean of the values; undefined if there are none. */
export const meanOf = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;

/** The mean over all given rows; undefined if a row has no value. */
export const meanOfAll = (figures: readonly (CellFigure | undefined)[]): number | undefined => {
  const means = figures.flatMap((figure) => figure?.mean ?? []);
  return means.length === figures.length ? meanOf(means) : undefined;
};

const figureOf = (
  values: readonly number[],
  intervalOfOne: ScoreInterval | undefined,
): CellFigure | undefined => {
  const mean = meanOf(values);
  if (mean === undefined) return undefined;
  if (values.length > 1) {
    return { mean, interval: { kind: 'range', lower: Math.min(...values), upper: Math.max(...values) } };
  }
  return {
    mean,
    interval: intervalOfOne?.defined ? { ...boundsOf(intervalOfOne), kind: 'bootstrap' } : undefined,
  };
};

const boundsOf = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => ({ lower, upper });

/** A reference of a row. Its runs agree on it unless they hold out different images. */
export const referenceOf = (figures: readonly ReferenceFigure[]): CellFigure | undefined => {
  const byValue = new Map(
    figures.flatMap(({ imageAuroc, interval }) =>
      imageAuroc.defined ? [[imageAuroc.value, interval] as const] : [],
    ),
  );
  return figureOf([...byValue.keys()], byValue.values().next().value);
};

/** The differences of a cell's runs from the variation model. */
export const differenceOf = (results: readonly EntryResult[]): CellFigure | undefined => {
  const differences = results.flatMap(({ references }) =>
    references?.difference.defined ? [references.difference] : [],
  );
  return figureOf(
    differences.map(({ value }) => value),
    differences[0]?.interval,
  );
};

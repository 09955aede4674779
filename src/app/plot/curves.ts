/** Curves with their own abscissae, as the rows of one chart, and their values in between. */
import { bisector } from 'd3-array';
import type { CurveStyle, LegendEntry } from './curve-style.ts';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly key: string;
  /** By rising x. */
  readonly points: readonly CurvePoint[];
  /** The last point at or before x, if `points` leaves some of the curve out. */
  readonly at?: (x: number) => CurvePoint | undefined;
}

/** A curve with its entry in the legend. */
export interface NamedCurve extends Curve {
  readonly name: string;
  readonly style: CurveStyle;
  /** Whether it is a raw curve, drawn behind its smoothed curve. */
  readonly faint?: boolean;
}

/** A row of a chart: x, and the ordinate of each curve that has a point at this x. */
export type CurveRow = Readonly<Record<string, number>>;

/** One row for each abscissa that a curve has, by rising x. */
export const mergeCurves = (curves: readonly Curve[]): readonly CurveRow[] => {
  const rows = new Map<number, Record<string, number>>();
  for (const { key, points } of curves) {
    for (const { x, y } of points) {
      const row = rows.get(x) ?? { x };
      row[key] = y;
      rows.set(x, row);
    }
  }
  return [...rows.values()].sort((one, other) => one.x - other.x);
};

const byAbscissa = bisector(({ x }: CurvePoint) => x);

/** The last point of a curve at or before x; undefined before its first point and after its last. */
export const pointAt = ({ points, at }: Curve, x: number): CurvePoint | undefined => {
  if (at) return at(x);
  const last = points.at(-1);
  return last && x <= last.x ? points[byAbscissa.right(points, x) - 1] : undefined;
};

/** The legend of an exported chart: the curves that have points, the present run's first. */
export const legendOf = (curves: readonly NamedCurve[]): readonly LegendEntry[] =>
  curves
    .filter(({ points }) => points.length > 0)
    .map(({ name, style }) => ({ name, ...style }))
    .reverse();

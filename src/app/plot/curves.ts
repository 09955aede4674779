/** Curves with their own abscissae as the rows of one chart, and their values between. */

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly key: string;
  /** By rising x. */
  readonly points: readonly CurvePoint[];
}

/** A row of a chart: x, and the ordinate of each curve that has a point there. */
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

/** The last point of a curve at or before x; undefined where it begins later or has ended. */
export const pointAt = ({ points }: Curve, x: number): CurvePoint | undefined => {
  const last = points.at(-1);
  if (!last || x > last.x) return undefined;
  let from = 0;
  let to = points.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (points[middle].x <= x) from = middle + 1;
    else to = middle;
  }
  return points[from - 1];
};

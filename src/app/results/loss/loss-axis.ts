/** The ordinate of the loss curves. */
import type { NamedCurve } from '../../plot/curves.ts';
import { type ChartAxis, linearAxis, logAxis } from '../../plot/ticks.ts';

export interface LossAxis {
  readonly axis: ChartAxis;
  /** Steps whose loss the axis has no place for. */
  readonly leftOut: number;
}

/** Holds all losses, raw ones included; a linear axis begins at 0 where no loss is below. */
export const lossAxis = (curves: readonly NamedCurve[], scale: 'log' | 'linear'): LossAxis => {
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y));
  if (scale === 'linear') {
    const axis = linearAxis([0, ...values], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    const below = values.some((value) => value < 0);
    const domain = below ? axis.domain : ([0, axis.domain[1]] as const);
    return {
      axis: { ...axis, domain, ticks: axis.ticks.filter((tick) => tick >= domain[0]), scale },
      leftOut: 0,
    };
  }
  // The present run stands there twice, raw and smoothed: raw losses are what is left out.
  const faint = curves.find((curve) => curve.faint);
  const counted = curves.filter((curve) => !faint || curve.key !== 'present');
  const leftOut = counted.reduce((sum, { points }) => sum + points.filter(({ y }) => !(y > 0)).length, 0);
  return { axis: { ...logAxis(values), scale }, leftOut };
};

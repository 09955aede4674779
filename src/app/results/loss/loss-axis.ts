/** The ordinate of the loss curves. */
import type { NamedCurve } from '../../plot/curves.ts';
import { type ChartAxis, linearAxis, logAxis } from '../../plot/ticks.ts';
import type { LossScale } from './loss-series.ts';

export interface NamedLossCurve extends NamedCurve {
  /** Losses that its axis cannot show. */
  readonly leftOut: number;
}

export interface LossAxis {
  readonly axis: ChartAxis;
  /** Steps whose loss the axis cannot show. */
  readonly leftOut: number;
}

/** Holds all losses, raw ones included; a linear axis begins at 0 if no loss is below. */
export const lossAxis = (curves: readonly NamedLossCurve[], scale: LossScale): LossAxis => {
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
  // The present run has two curves, raw and smoothed: its raw losses are counted.
  const faint = curves.find((curve) => curve.faint);
  const counted = curves.filter((curve) => !faint || curve.key !== 'present');
  return {
    axis: { ...logAxis(values), scale },
    leftOut: counted.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
};

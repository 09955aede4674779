/** The losses of a run as curves over its steps, raw and smoothed; they grow with the run. */
import type { StepHistory } from '#core/step-history.ts';
import type { CurvePoint } from '../../plot/curves.ts';
import { GrowingCurve } from '../../plot/growing-curve.ts';

/** An exponential moving average without a bias towards its start. */
export class Smoother {
  private average = 0;
  private share = 0;

  /** @param smoothing share of the past, 0 to below 1 */
  constructor(private readonly smoothing: number) {}

  /** The average after one more value. */
  next(value: number): number {
    this.average = this.smoothing * this.average + (1 - this.smoothing) * value;
    this.share = this.smoothing * this.share + (1 - this.smoothing);
    return this.average / this.share;
  }
}

export type LossScale = 'log' | 'linear';

/** A curve, and the number of losses that its axis cannot show. */
export interface LossCurve {
  readonly curve: GrowingCurve;
  leftOut: number;
}

/** Both curves of one run. */
class LossCurves {
  readonly raw: LossCurve = { curve: new GrowingCurve(), leftOut: 0 };
  readonly smoothed: LossCurve = { curve: new GrowingCurve(), leftOut: 0 };
  /** Steps in the curves. */
  length = 0;
  private readonly smoother: Smoother;

  constructor(
    readonly smoothing: number,
    readonly scale: LossScale,
  ) {
    this.smoother = new Smoother(smoothing);
  }

  /** Adds the steps that are not in the curves yet. */
  extendTo(steps: StepHistory): void {
    const { step, loss } = steps.columns;
    for (; this.length < steps.length; this.length++) {
      const value = loss[this.length];
      this.add(this.raw, step[this.length], value);
      this.add(this.smoothed, step[this.length], this.smoother.next(value));
    }
  }

  private add(to: LossCurve, step: number, value: number): void {
    if (this.scale === 'linear' || value > 0) to.curve.push(step, value);
    else to.leftOut++;
  }
}

/** Keyed by the columns of a run: a redraw reads only the steps since the last redraw. */
const known = new WeakMap<StepHistory['columns'], LossCurves>();

/** The curves of a run up to its last step. */
export const lossCurves = (steps: StepHistory, smoothing: number, scale: LossScale): LossCurves => {
  const before = known.get(steps.columns);
  const fits = before?.smoothing === smoothing && before.scale === scale && before.length <= steps.length;
  const curves = fits ? before : new LossCurves(smoothing, scale);
  curves.extendTo(steps);
  known.set(steps.columns, curves);
  return curves;
};

/**
 * A curve in the units of its chart: constant work, however long the run is.
 * @param stepsPerUnit steps to one unit of the abscissa: 1 for steps
 * @param base divisor of all losses
 */
export const inUnits = ({ curve, leftOut }: LossCurve, stepsPerUnit: number, base: number) => {
  const scaled = ({ x, y }: CurvePoint): CurvePoint => ({ x: x / stepsPerUnit, y: y / base });
  return {
    points: curve.points().map(scaled),
    leftOut,
    at: (x: number): CurvePoint | undefined => {
      // Steps are whole: the rounding error of a division must not select the previous step.
      const point = curve.at(Math.floor(x * stepsPerUnit + 1e-6));
      return point && scaled(point);
    },
  };
};

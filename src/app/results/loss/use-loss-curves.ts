/** The losses of the present run and of the overlaid runs, as curves and as a table. */
import { useCallback, useMemo } from 'react';
import { stepsPerEpochOf } from '#core/run-length.ts';
import type { StepHistory } from '#core/step-history.ts';
import type { AppState } from '#store/app-state.ts';
import { shareObjective } from '#store/runs/objective.ts';
import { presentStyle } from '../../plot/curve-style.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { useApp } from '../../shared/store-context.ts';
import { useFigureName } from '../../shared/use-figure-note.ts';
import { useBeside } from '../../shared/use-overlaid.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import type { NamedLossCurve } from './loss-axis.ts';
import { lossData } from './loss-data.ts';
import { inUnits, lossCurves } from './loss-series.ts';

const selectSteps = (state: AppState): StepHistory => state.run.history.steps;
const selectStepsPerEpoch = (state: AppState): number => state.run.status.stepsPerEpoch;

/** The divisor of a curve: 1, or the run's first loss if all curves are to begin at 1. */
const baseOf = (steps: StepHistory, relative: boolean): number =>
  (relative && steps.column('loss').find((loss) => loss > 0)) || 1;

export interface LossView {
  readonly steps: StepHistory;
  /** The current run's raw losses, then other runs, then the current run. */
  readonly curves: readonly NamedLossCurve[];
  /** Whether the curves are divided by their first loss, since their objectives are not comparable. */
  readonly relative: boolean;
  /** Steps of the present run to one unit of the abscissa. */
  readonly stepsPerUnit: number;
  readonly stepsPerEpoch: number;
  readonly data: () => ChartData;
}

/** Losses arrive every 100 ms or so: a fast machine draws each readback. */
const redrawEveryMs = 80;

export const useLossCurves = (): LossView => {
  const steps = useThrottled(selectSteps, redrawEveryMs);
  const ofStatus = useApp(selectStepsPerEpoch);
  const config = useApp((state) => state.run.configured ?? state.run.config);
  const smoothing = useApp((state) => state.view.lossSmoothing);
  const scale = useApp((state) => state.view.lossScale);
  const abscissa = useApp((state) => state.view.lossAbscissa);
  const overlaid = useBeside('steps');
  const name = useFigureName();
  const begun = steps.length > 0;
  const relative = useMemo(
    () => !shareObjective([...(begun ? [config] : []), ...overlaid.map(({ run }) => run.config)]),
    [begun, config, overlaid],
  );
  const stepsPerEpoch = stepsPerEpochOf(steps) ?? Math.max(1, ofStatus);
  const stepsPerUnit = abscissa === 'epoch' ? stepsPerEpoch : 1;
  const overlaidCurves = useMemo(
    () =>
      overlaid.map(({ run, style, name: ofOverlaid }) => {
        const ofRun = run.history.steps;
        const perUnit = abscissa === 'epoch' ? (stepsPerEpochOf(ofRun) ?? stepsPerEpoch) : 1;
        const { smoothed } = lossCurves(ofRun, smoothing, scale);
        return {
          key: run.id,
          name: ofOverlaid,
          style,
          ...inUnits(smoothed, perUnit, baseOf(ofRun, relative)),
        };
      }),
    [overlaid, relative, smoothing, scale, abscissa, stepsPerEpoch],
  );
  const curves = useMemo(() => {
    const { raw, smoothed } = lossCurves(steps, smoothing, scale);
    const base = baseOf(steps, relative);
    const style = presentStyle(config.loss);
    const own = { key: 'present', name, style, ...inUnits(smoothed, stepsPerUnit, base) };
    // Without smoothing, the raw curve would be drawn twice.
    if (smoothing === 0) return [...overlaidCurves, own];
    const behind = {
      key: 'raw',
      name: 'not smoothed',
      style,
      faint: true,
      ...inUnits(raw, stepsPerUnit, base),
    };
    return [behind, ...overlaidCurves, own];
  }, [steps, overlaidCurves, smoothing, scale, relative, stepsPerUnit, config.loss, name]);
  const data = useCallback(
    () =>
      lossData(
        [
          ...(steps.length > 0 ? [{ key: 'present', name, steps }] : []),
          ...overlaid.map(({ run, name: ofOverlaid }) => ({
            key: run.id,
            name: ofOverlaid,
            steps: run.history.steps,
          })),
        ],
        smoothing,
      ),
    [steps, name, overlaid, smoothing],
  );
  return { steps, curves, relative, stepsPerUnit, stepsPerEpoch, data };
};

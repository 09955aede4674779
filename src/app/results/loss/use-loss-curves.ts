/** The losses of the present run and of those beside it, as curves and as a table. */
import { useCallback, useMemo } from 'react';
import type { StepRecord } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import { shareObjective } from '#store/runs/objective.ts';
import { presentStyle } from '../../plot/curve-style.ts';
import type { NamedCurve } from '../../plot/curves.ts';
import type { ChartData } from '../../plot/frame/chart-data.ts';
import { useApp } from '../../shared/store-context.ts';
import { useFigureName } from '../../shared/use-figure-note.ts';
import { useOverlaid } from '../../shared/use-overlaid.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import { lossData } from './loss-data.ts';
import { lossCurves, stepsPerEpochOf } from './loss-series.ts';

const selectSteps = (state: AppState): readonly StepRecord[] => state.run.history.steps;
const selectStepsPerEpoch = (state: AppState): number => state.run.status.stepsPerEpoch;

/** What a curve is divided by: 1, or the run's first loss, so that all curves begin at 1. */
const baseOf = (steps: readonly StepRecord[], relative: boolean): number =>
  relative ? (steps.find(({ loss }) => loss > 0)?.loss ?? 1) : 1;

export interface LossView {
  readonly steps: readonly StepRecord[];
  /** The present run's last, its raw losses before them. */
  readonly curves: readonly NamedCurve[];
  /** Whether the curves are divided by their first loss, since their objectives do not compare. */
  readonly relative: boolean;
  /** Steps of the present run to one unit of the abscissa. */
  readonly stepsPerUnit: number;
  readonly stepsPerEpoch: number;
  readonly data: () => ChartData;
}

/** Losses come every 100 ms or so: each of them is drawn where the machine can. */
const redrawEveryMs = 80;

export const useLossCurves = (): LossView => {
  const steps = useThrottled(selectSteps, redrawEveryMs);
  const ofStatus = useApp(selectStepsPerEpoch);
  const config = useApp((state) => state.run.configured ?? state.run.config);
  const smoothing = useApp((state) => state.view.lossSmoothing);
  const abscissa = useApp((state) => state.view.lossAbscissa);
  const overlaid = useOverlaid();
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
      overlaid.map(({ run, style }) => {
        const ofRun = run.history.steps;
        const perUnit = abscissa === 'epoch' ? (stepsPerEpochOf(ofRun) ?? stepsPerEpoch) : 1;
        const { smoothed } = lossCurves(ofRun, smoothing, baseOf(ofRun, relative), perUnit);
        return { key: run.id, name: run.name, style, points: smoothed };
      }),
    [overlaid, relative, smoothing, abscissa, stepsPerEpoch],
  );
  const present = useMemo(() => {
    const { raw, smoothed } = lossCurves(steps, smoothing, baseOf(steps, relative), stepsPerUnit);
    const style = presentStyle(config.loss);
    return {
      raw: { key: 'raw', name: 'not smoothed', style, points: raw, faint: true },
      smoothed: { key: 'present', name, style, points: smoothed },
    };
  }, [steps, smoothing, relative, stepsPerUnit, config.loss, name]);
  const curves = useMemo(
    // What is not smoothed would lie behind itself.
    () => [...(smoothing > 0 ? [present.raw] : []), ...overlaidCurves, present.smoothed],
    [overlaidCurves, present, smoothing],
  );
  const data = useCallback(
    () =>
      lossData(
        [
          ...(steps.length > 0 ? [{ key: 'present', name, steps }] : []),
          ...overlaid.map(({ run }) => ({ key: run.id, name: run.name, steps: run.history.steps })),
        ],
        smoothing,
      ),
    [steps, name, overlaid, smoothing],
  );
  return { steps, curves, relative, stepsPerUnit, stepsPerEpoch, data };
};

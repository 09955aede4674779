/** The retained runs whose curves are drawn beside the present run's. */
import { useMemo } from 'react';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { retainedRun } from '#store/runs/state.ts';
import { type CurveStyle, curveStyles } from '../plot/curve-style.ts';
import { useApp } from './store-context.ts';

export interface OverlaidRun {
  readonly run: RetainedRun;
  readonly style: CurveStyle;
}

/** The chosen runs in the order of their choice, without the present run, whose curve is drawn anyway. */
export const useOverlaid = (): readonly OverlaidRun[] => {
  const retained = useApp((state) => state.runs.retained);
  const chosen = useApp((state) => state.runs.chosen);
  const presentId = useApp((state) => state.runs.presentId);
  return useMemo(() => {
    const runs = chosen
      .filter((id) => id !== presentId)
      .flatMap((id) => retained.find((run) => run.id === id) ?? []);
    const styles = curveStyles(runs.map(({ config }) => config.loss));
    return runs.map((run, i) => ({ run, style: styles[i] }));
  }, [retained, chosen, presentId]);
};

/** The name of the present run beside others. */
export const usePresentName = (): string =>
  useApp((state) => retainedRun(state.runs, state.runs.presentId)?.name ?? 'this run');

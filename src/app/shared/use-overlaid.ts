/** The runs whose curves are drawn beside the present run's: the chosen retained runs, and its rivals in a race. */
import { useMemo } from 'react';
import { stoppedWords } from '#core/run-length.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { lengthOf, type RetainedRun } from '#store/runs/retained-run.ts';
import { retainedRun } from '#store/runs/state.ts';
import { type CurveStyle, curveStyles } from '../plot/curve-style.ts';
import { useContestants } from './race/use-contestants.ts';
import { type Following, type RivalRun, useRivalRuns } from './race/use-rival-runs.ts';
import { useApp } from './store-context.ts';

export interface OverlaidRun {
  readonly run: RetainedRun;
  readonly style: CurveStyle;
  /** Its name in legends of losses, with notes on other images and on its end if it was stopped. */
  readonly name: string;
  /** `stopped at epoch 12 of 40` if it was stopped. */
  readonly stopped: string | undefined;
}

/** The chosen runs in the order of their choice, without the present run, whose curve is drawn anyway. */
export const useOverlaid = (): readonly OverlaidRun[] => {
  const retained = useApp((state) => state.runs.retained);
  const chosen = useApp((state) => state.runs.chosen);
  const presentId = useApp((state) => state.runs.presentId);
  const category = useApp(({ run, dataset }) => run.importedFrom ?? dataset.loaded?.category.name);
  const side = useApp(({ run }) => (run.configured ?? run.config).side);
  return useMemo(() => {
    const runs = chosen
      .filter((id) => id !== presentId)
      .flatMap((id) => retained.find((run) => run.id === id) ?? []);
    const styles = curveStyles(runs.map(({ config }) => config.loss));
    return runs.map((run, i) => {
      const stopped = stoppedWords(lengthOf(run));
      const images = [
        ...(category === undefined || run.categoryName === category ? [] : [run.categoryName]),
        ...(run.config.side === side ? [] : [`${run.config.side} px`]),
      ];
      return { run, style: styles[i], stopped, name: withNotes(run.name, [...images, stopped]) };
    });
  }, [retained, chosen, presentId, category, side]);
};

/**
 * The rivals, then the overlaid runs.
 * @param following the changes of rivals that need a redraw
 */
export const useBeside = (following: Following): readonly RivalRun[] => {
  const rivals = useRivalRuns(following);
  const overlaid = useOverlaid();
  return useMemo(() => [...rivals, ...overlaid], [rivals, overlaid]);
};

/** `WFDL 1 (carpet, stopped at epoch 12 of 40)`; notes that are undefined do not appear. */
export const withNotes = (name: string, notes: readonly (string | undefined)[]): string => {
  const shown = notes.filter((note) => note !== undefined);
  return shown.length > 0 ? `${name} (${shown.join(', ')})` : name;
};

/** Note on the present run in legends: `stopped at epoch 12 of 40`. */
export const usePresentNote = (): string | undefined => useApp(presentStopped);

/** The name of the present run beside others: in a race, what differs. */
export const usePresentName = (): string => {
  const [first] = useContestants();
  const given = useApp((state) => retainedRun(state.runs, state.runs.presentId)?.name);
  return first?.name ?? given ?? 'this run';
};

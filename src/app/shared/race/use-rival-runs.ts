/** The rivals of the present run as runs whose curves are drawn beside its own. */
import { useMemo } from 'react';
import type { RunConfig } from '#core/config.ts';
import type { Evaluation } from '#core/history.ts';
import type { ColumnHistory } from '#core/step-history.ts';
import type { AppState } from '#store/app-state.ts';
import type { Contestant } from '#store/race/state.ts';
import type { CurveStyle } from '../../plot/curve-style.ts';
import { useThrottled } from '../use-throttled.ts';
import { useContestants } from './use-contestants.ts';

/** A run with curves. */
export interface CurveRun {
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly history: ColumnHistory;
}

export interface RivalRun {
  readonly run: CurveRun;
  readonly style: CurveStyle;
  readonly name: string;
}

/** What makes a redraw: each readback of losses, or each evaluation. */
export type Following = 'steps' | 'evaluations';

const refreshMs = 100;

const selectRivals = (state: AppState): readonly Contestant[] => state.race.rivals;

/** The rivals, as the same list until one of them has another evaluation. */
const createEvaluatedRivals = () => {
  let known: readonly Contestant[] = [];
  const listsOf = (rivals: readonly Contestant[]): (readonly Evaluation[])[] =>
    rivals.map(({ history }) => history.evaluations);
  return ({ race: { rivals } }: AppState): readonly Contestant[] => {
    const before = listsOf(known);
    const after = listsOf(rivals);
    if (before.length !== after.length || after.some((list, place) => list !== before[place])) known = rivals;
    return known;
  };
};

export const useRivalRuns = (following: Following): readonly RivalRun[] => {
  const selectEvaluated = useMemo(createEvaluatedRivals, []);
  const rivals = useThrottled(following === 'steps' ? selectRivals : selectEvaluated, refreshMs);
  const contestants = useContestants();
  return useMemo(
    () =>
      rivals.flatMap(({ config, history }, index) => {
        const contestant = contestants[index + 1];
        if (!contestant) return [];
        const { name, style } = contestant;
        return [{ run: { id: `rival-${index + 1}`, name, config, history }, style, name }];
      }),
    [rivals, contestants],
  );
};

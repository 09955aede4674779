/** Shows the held epochs one after the other, and collects what the race looks like at each. */
import { cancelled } from '#core/errors.ts';
import type { PastEvaluation } from '#core/history.ts';
import { contestantsOf } from '#store/race/state.ts';
import { until } from '#store/until.ts';
import { evenlyChosen } from '../../plot/frame/chart-data.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import type { useAppStore } from '../../shared/store-context.ts';
import type { FilmCall } from './film.ts';
import { presentMoment, type RaceMoment } from './race-moment.ts';

type Store = ReturnType<typeof useAppStore>;

/** More would make a film that nobody watches, and fill the memory. */
const mostMoments = 40;

/** The rivals' views follow that of the present run; one that does not come is left out. */
const longestWaitMs = 10_000;

/** The evaluations that all contestants hold, by their epoch. */
export const commonPast = (pasts: readonly (readonly PastEvaluation[])[]): readonly PastEvaluation[] => {
  const [first = [], ...others] = pasts;
  return first.filter(({ epoch }) => others.every((past) => past.some((other) => other.epoch === epoch)));
};

/** Whether the shown reconstructions of all contestants are of this epoch. */
const isAt = (state: ReturnType<Store['getState']>, epoch: number): true | undefined =>
  contestantsOf(state).every(({ sample }) => sample?.output?.epoch === epoch) || undefined;

/** Restores the shown epoch at the end, also if it is canceled. */
export const collectMoments = async (
  store: Store,
  named: readonly NamedContestant[],
  { signal, onProgress }: FilmCall,
): Promise<readonly RaceMoment[]> => {
  const before = store.getState().view.pastStep;
  const past = commonPast(contestantsOf(store.getState()).map(({ pastEvaluations }) => pastEvaluations));
  const chosen = evenlyChosen(past, mostMoments);
  const moments: RaceMoment[] = [];
  try {
    for (const [index, { epoch, step }] of chosen.entries()) {
      if (signal.aborted) throw cancelled();
      await store.actions.view.scrub(step);
      const isThere = await until(
        store,
        (state) => isAt(state, epoch),
        AbortSignal.timeout(longestWaitMs),
      ).catch(() => false);
      const moment = isThere ? presentMoment(store.getState(), named) : undefined;
      if (moment) moments.push(moment);
      onProgress((index + 1) / chosen.length);
    }
  } finally {
    await store.actions.view.scrub(before);
  }
  return moments;
};

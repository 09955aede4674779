/** The contestants' AUROCs with their intervals and differences. Each bootstrap is computed in its own task. */
import { useEffect, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { baselineBootstrapSeed } from '#core/baselines/baseline-evaluation.ts';
import type { Evaluation } from '#core/history.ts';
import { type BootstrapInterval, bootstrapAurocInterval } from '#core/metrics/bootstrap-interval.ts';
import { type PairedDifference, pairedAurocDifference } from '#core/metrics/paired-difference.ts';
import { labelsOf } from '#store/dataset/image-labels.ts';
import { contestantsOf } from '#store/race/state.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { oneAtATime } from '../../ui/one-at-a-time.ts';
import { commonEvaluations, countedPlaces } from './common-evaluations.ts';

export interface ContestantStanding {
  readonly contestant: NamedContestant;
  readonly evaluation: Evaluation;
  /** Undefined until it is computed. */
  readonly interval: BootstrapInterval | undefined;
}

export interface Standings {
  /** Without contestants that failed before their first evaluation. Empty before the first common evaluation of the others. */
  readonly each: readonly ContestantStanding[];
  /** AUROC at the first place minus that at the second, later one; undefined until it is computed. */
  readonly difference: (one: number, other: number) => PairedDifference | undefined;
  /** Whether everything is computed. */
  readonly complete: boolean;
}

type Scores = Float64Array;

const intervals = new WeakMap<Scores, BootstrapInterval>();
const differences = new WeakMap<Scores, WeakMap<Scores, PairedDifference>>();
const seed = { seed: baselineBootstrapSeed };

const computeInterval = (scores: Scores, anomalous: readonly boolean[]): void => {
  if (!intervals.has(scores)) intervals.set(scores, bootstrapAurocInterval(scores, anomalous, seed));
};

const computeDifference = (one: Scores, other: Scores, anomalous: readonly boolean[]): void => {
  const ofOne = differences.get(one) ?? new WeakMap<Scores, PairedDifference>();
  differences.set(one, ofOne);
  if (!ofOne.has(other)) ofOne.set(other, pairedAurocDifference(one, other, anomalous, seed));
};

/** All bootstraps of a set of scores that are not known yet. */
const missingWork = (all: readonly Scores[], anomalous: readonly boolean[]): readonly (() => void)[] => [
  ...all.filter((scores) => !intervals.has(scores)).map((scores) => () => computeInterval(scores, anomalous)),
  ...all.flatMap((one, place) =>
    all
      .slice(place + 1)
      .filter((other) => !differences.get(one)?.has(other))
      .map((other) => () => computeDifference(one, other, anomalous)),
  ),
];

export const useStandings = (contestants: readonly NamedContestant[]): Standings => {
  const places = useApp(useShallow((state) => countedPlaces(contestantsOf(state))));
  const evaluations = useApp(
    useShallow((state) => {
      const all = contestantsOf(state);
      return commonEvaluations(countedPlaces(all).map((place) => all[place]!.history.evaluations));
    }),
  );
  const samples = useApp((state) => state.dataset.loaded?.samples);
  const [computed, setComputed] = useState(0);
  const fits = useMemo(() => {
    const { anomalous } = labelsOf(samples ?? []);
    const all = evaluations.map(({ scores }) => scores);
    return all.every(({ length }) => length === anomalous.length) ? { all, anomalous } : undefined;
  }, [evaluations, samples]);
  useEffect(() => {
    if (!fits) return;
    let wanted = true;
    for (const work of missingWork(fits.all, fits.anomalous)) {
      oneAtATime(() => {
        if (!wanted) return;
        work();
        setComputed((count) => count + 1);
      });
    }
    return () => {
      wanted = false;
    };
  }, [fits]);
  return useMemo(() => {
    // Each computed bootstrap gives a new object.
    const { all = [], anomalous = [] } = computed >= 0 && fits ? fits : {};
    const counted = contestants.filter(({ place }) => places.includes(place));
    const scoresAt = (place: number): Scores | undefined => all[places.indexOf(place)];
    return {
      each:
        all.length > 0 && all.length === counted.length
          ? counted.map((contestant, index) => ({
              contestant,
              evaluation: evaluations[index]!,
              interval: intervals.get(all[index]!),
            }))
          : [],
      difference: (one, other) => {
        const [first, second] = [scoresAt(one), scoresAt(other)];
        return first && second && differences.get(first)?.get(second);
      },
      complete: all.length > 0 && missingWork(all, anomalous).length === 0,
    };
  }, [computed, fits, contestants, evaluations, places]);
};

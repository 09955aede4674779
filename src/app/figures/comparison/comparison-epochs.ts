/** The epoch of all rows of the comparison. */
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import type { PastEvaluation } from '#core/history.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { nearestPast } from '#store/view/past-step.ts';
import { comparison } from '../../shared/comparison-state.ts';
import { usePastEpochNumber } from '../../shared/epoch-cursor.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { useRetainedRows } from './use-retained-rows.ts';

/**
 * The epochs that any row can show, ascending: held evaluations of the present run, and evaluations of the retained runs that
 * have past epochs.
 */
export const shownEpochs = (
  held: readonly PastEvaluation[],
  retained: readonly Pick<RetainedRun, 'history' | 'bytes'>[],
): readonly number[] => {
  const ofRetained = retained.flatMap(({ history, bytes }) => {
    const { evaluations } = history;
    return (bytes?.past ?? 0) > 0 ? evaluations : evaluations.slice(-1);
  });
  return [...new Set([...held, ...ofRetained].map(({ epoch }) => epoch))].sort((a, b) => a - b);
};

export interface ComparisonEpochs {
  readonly epochs: readonly number[];
  /** The chosen epoch; undefined for the latest evaluation of each row. */
  readonly epoch: number | undefined;
  readonly choose: (epoch: number | undefined) => void;
}

/** The epoch that was chosen here, unless another one was chosen for the present run elsewhere since. */
export const useComparisonEpoch = (): number | undefined => {
  const chosen = useStore(comparison, (state) => state.epoch);
  const held = useApp((state) => state.run.pastEvaluations);
  const presentEpoch = usePastEpochNumber();
  return useMemo(() => {
    if (held.length === 0) return chosen;
    const latest = held.at(-1)?.epoch;
    const nearest = chosen === undefined ? latest : nearestEpoch(held, chosen)?.epoch;
    return nearest === (presentEpoch ?? latest) ? chosen : presentEpoch;
  }, [chosen, held, presentEpoch]);
};

/** The evaluation nearest to an epoch; undefined if there is none. */
const nearestEpoch = (held: readonly PastEvaluation[], epoch: number): PastEvaluation | undefined =>
  nearestPast(
    held.map((evaluation) => ({ ...evaluation, step: evaluation.epoch })),
    epoch,
  );

export const useComparisonEpochs = (): ComparisonEpochs => {
  const { others, ids } = useRetainedRows();
  const held = useApp((state) => state.run.pastEvaluations);
  const { view } = useActions();
  const epochs = useMemo(
    () =>
      shownEpochs(
        held,
        others.filter(({ id }) => ids.includes(id)),
      ),
    [held, others, ids],
  );
  const epoch = useComparisonEpoch();
  const choose = useCallback(
    (wanted: number | undefined) => {
      comparison.setState({ epoch: wanted });
      const nearest = wanted === undefined ? undefined : nearestEpoch(held, wanted);
      void view.scrub(nearest && held.find((one) => one.epoch === nearest.epoch)?.step);
    },
    [held, view],
  );
  return { epochs, epoch, choose };
};

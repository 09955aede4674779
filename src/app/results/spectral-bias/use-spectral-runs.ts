/** The runs whose spectra are shown: the present run or a retained one, and another to compare it with. */
import { useMemo, useState } from 'react';
import type { LossName } from '#core/config.ts';
import type { SpectrumRecord } from '#core/history.ts';
import type { AppState } from '#store/app-state.ts';
import type { LossSpectra, SpectraByLoss } from '#store/run/loss-spectra.ts';
import { useApp } from '../../shared/store-context.ts';
import { useThrottled } from '../../shared/use-throttled.ts';

/** At most ten times a second. */
const refreshMs = 100;

const selectRecords = (state: AppState): readonly SpectrumRecord[] => state.run.history.spectra;
const selectByLoss = (state: AppState): SpectraByLoss => state.run.spectraByLoss;

/** The chosen run, and the function that chooses another. */
export interface ChosenRun {
  readonly run: LossSpectra | undefined;
  readonly choose: (loss: LossName | undefined) => void;
}

export interface SpectralRuns {
  /** The last run of each loss, without the present run. */
  readonly others: readonly LossSpectra[];
  /** The present run; it may have no records yet. */
  readonly current: LossSpectra;
  /** The run that is shown in place of the present one. */
  readonly instead: ChosenRun;
  /** The run to compare with. */
  readonly compared: ChosenRun;
}

export const useSpectralRuns = (): SpectralRuns => {
  const records = useThrottled(selectRecords, refreshMs);
  const byLoss = useThrottled(selectByLoss, refreshMs);
  const { loss, seed, side } = useApp((state) => state.run.configured ?? state.run.config);
  const [insteadLoss, chooseInstead] = useState<LossName>();
  const [comparedLoss, chooseCompared] = useState<LossName>();
  const others = useMemo(
    () =>
      // The first record of a run never changes: it identifies the present run among the retained ones.
      Object.values(byLoss).filter((run) => run.records[0] !== records[0]),
    [byLoss, records],
  );
  const current = useMemo(
    () => ({ loss, seed, side, categoryName: undefined, records }),
    [loss, seed, side, records],
  );
  const retainedRun = (wanted: LossName | undefined) => others.find((run) => run.loss === wanted);
  return {
    others,
    current,
    instead: { run: retainedRun(insteadLoss), choose: chooseInstead },
    compared: { run: retainedRun(comparedLoss), choose: chooseCompared },
  };
};

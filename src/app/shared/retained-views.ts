/** One image reconstructed by retained runs. */
import { useEffect, useState } from 'react';
import { asResiduaError } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, SampleView } from '#core/history.ts';
import { shownTile } from '#store/view/state.ts';
import { useActions, useApp } from './store-context.ts';

export type RetainedView =
  | { readonly view: SampleView; readonly problem?: undefined }
  | { readonly view?: undefined; readonly problem: string };

const none: ReadonlyMap<string, RetainedView> = new Map();

interface ViewedRun {
  readonly id: string;
  /** The evaluation whose settings score the image; undefined selects the run's own. */
  readonly evaluation: Evaluation | undefined;
}

/**
 * The shown image through retained runs. Requests the views one by one, and again whenever the image, the epoch, the score or
 * the runs change. The views of another epoch stay until their successors arrive.
 * @param runsToView the same array between renders while the runs and their figures are the same
 */
export const useRetainedViews = (
  runsToView: readonly ViewedRun[],
  index: number | undefined,
  epoch: number | undefined,
): ReadonlyMap<string, RetainedView> => {
  const { runs } = useActions();
  const loaded = useApp((state) => state.dataset.loaded);
  const tile = useApp((state) => shownTile(state.view));
  const [views, setViews] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: views of other images must not stand beside views of these.
  useEffect(() => setViews(none), [loaded, index]);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      if (!loaded || index === undefined) return;
      for (const { id, evaluation } of runsToView) {
        const settings = evaluation && evaluationSettingsOf(evaluation);
        const options = {
          ...(settings ? { settings } : {}),
          ...(epoch === undefined ? {} : { epoch }),
          tile,
        };
        const found = await runs.view(id, index, options).then(
          (view): RetainedView => ({ view }),
          (thrown): RetainedView => ({ problem: asResiduaError(thrown).message }),
        );
        if (!wanted) return;
        setViews((before) => new Map(before).set(id, found));
      }
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [runs, runsToView, index, tile, epoch, loaded]);
  return views;
};

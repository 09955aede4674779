/** One image as several kept runs reconstruct it. */
import { useEffect, useState } from 'react';
import { asResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { useActions, useApp } from '../../shared/store-context.ts';

export type KeptView =
  | { readonly view: SampleView; readonly problem?: undefined }
  | { readonly view?: undefined; readonly problem: string };

const none: ReadonlyMap<string, KeptView> = new Map();

/**
 * Asks for the views one after the other, anew whenever the image or the runs change.
 * @param ids stable between renders while the runs are the same
 */
export const useKeptViews = (
  ids: readonly string[],
  index: number | undefined,
): ReadonlyMap<string, KeptView> => {
  const { runs } = useActions();
  const loaded = useApp((state) => state.dataset.loaded);
  const [views, setViews] = useState(none);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      setViews(none);
      if (!loaded || index === undefined) return;
      for (const id of ids) {
        const found = await runs.view(id, index).then(
          (view): KeptView => ({ view }),
          (thrown): KeptView => ({ problem: asResiduaError(thrown).message }),
        );
        if (!wanted) return;
        setViews((before) => new Map(before).set(id, found));
      }
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [runs, ids, index, loaded]);
  return views;
};

/** The test set's spectra by retained runs, at the shown epoch as far as their past epochs reach. */
import { useEffect, useState } from 'react';
import { asResiduaError, cancelled, isCancelled } from '#core/errors.ts';
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';
import { useActions, useApp } from '../shared/store-context.ts';

export type RetainedSpectra =
  | { readonly spectra: TestSpectra; readonly problem?: undefined }
  | { readonly spectra?: undefined; readonly problem: string };

const none: ReadonlyMap<string, RetainedSpectra> = new Map();

/**
 * Requests the spectra one by one, and again whenever the epoch or the runs change. Those of another epoch stay until their
 * successors arrive.
 * @param ids the same array between renders while the runs are the same
 */
export const useRetainedSpectra = (
  ids: readonly string[],
  epoch: number | undefined,
): ReadonlyMap<string, RetainedSpectra> => {
  const { runs } = useActions();
  const loaded = useApp((state) => state.dataset.loaded);
  const [known, setKnown] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: spectra of other images must not stand beside spectra of these.
  useEffect(() => setKnown(none), [loaded]);
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      if (!loaded) return;
      for (const id of ids) {
        const found = await runs.spectra(id, epoch, { signal: abort.signal }).then(
          ({ spectra }): RetainedSpectra => ({ spectra }),
          (thrown): RetainedSpectra | undefined =>
            isCancelled(thrown) ? undefined : { problem: asResiduaError(thrown).message },
        );
        if (abort.signal.aborted) return;
        if (found) setKnown((before) => new Map(before).set(id, found));
      }
    };
    void ask();
    return () => abort.abort(cancelled());
  }, [runs, ids, epoch, loaded]);
  return known;
};

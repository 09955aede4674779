/** The mean spectrum of the training images, computed when a component that needs it is first shown. */
import { useEffect } from 'react';
import type { MeanSpectrumState } from '#store/dataset/state.ts';
import { useActions, useApp } from '../store-context.ts';

/** @param needed false where the caller can do without: then nothing is computed */
export const useMeanSpectrum = (needed = true): MeanSpectrumState => {
  const state = useApp(({ dataset }) => dataset.meanSpectrum);
  const loaded = useApp(({ dataset }) => dataset.loaded);
  const device = useApp(({ run }) => run.device.phase);
  const { dataset } = useActions();
  const ask = needed && loaded !== undefined && device === 'ready' && state.phase === 'unknown';
  useEffect(() => {
    if (ask) void dataset.needMeanSpectrum();
  }, [ask, dataset]);
  return state;
};

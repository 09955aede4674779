/** The weight w(u, v) of the current settings. */
import { useEffect, useMemo } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { frequencyWeight, type WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import type { MeanSpectrumState } from '#store/dataset/state.ts';
import { useActions, useApp } from '../store-context.ts';

/**
 * The mean spectrum of the training images, computed when a component that needs it is first shown.
 * @param needed false if the caller does not need the spectrum: then nothing is computed
 */
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

export interface ShownWeight {
  /** [side, side] row-major, unshifted; undefined while its mean spectrum is missing. */
  readonly values: Float32Array | undefined;
  /** Why there are no values. */
  readonly missing: string;
}

const isAdaptive = ({ weight }: WeightConfig): boolean =>
  weight === 'adaptive-dataset' || weight === 'adaptive-batch';

/** Eq. 5 as a weight: the same for all frequencies, the zero frequency included. */
const uniform = { weight: 'uniform', dcWeight: 1 } as const;

/** The weight settings of a loss; the frequency distance is always uniform. */
export const weightConfigOf = (config: RunConfig): WeightConfig =>
  config.loss === 'frequency' ? { ...config, ...uniform } : config;

/** The adaptive weights use the data set's mean spectrum, also in place of a batch's. */
export const useFrequencyWeight = (side: number): ShownWeight => {
  const config = useApp((state) => state.run.config);
  const settings = useMemo(() => weightConfigOf(config), [config]);
  const adaptive = isAdaptive(settings);
  const mean = useMeanSpectrum(adaptive);
  const magnitude =
    adaptive && mean.phase === 'ready' && mean.spectrum.side === side ? mean.spectrum.magnitude : undefined;
  const waiting =
    mean.phase === 'failed'
      ? mean.error.problem
      : mean.phase === 'stopped'
        ? 'The mean spectrum was not computed'
        : 'Computing the mean spectrum';
  return useMemo(() => {
    if (adaptive && !magnitude) return { values: undefined, missing: waiting };
    try {
      return { values: frequencyWeight(settings, side, side, magnitude), missing: '' };
    } catch (thrown) {
      // A curve may be above 0 only between the frequencies of this side.
      return { values: undefined, missing: asResiduaError(thrown).message };
    }
  }, [settings, side, adaptive, magnitude, waiting]);
};

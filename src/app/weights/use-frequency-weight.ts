/** The weight w(u, v) of the present settings, for all who draw it. */
import { useMemo } from 'react';
import type { RunConfig } from '#core/config.ts';
import { frequencyWeight, type WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import { useApp } from '../hooks/store-context.ts';
import { useMeanSpectrum } from './use-mean-spectrum.ts';

export interface ShownWeight {
  /** [side, side] row-major, unshifted; undefined while the mean spectrum that it follows from is not there. */
  readonly values: Float32Array | undefined;
  /** Why there are none. */
  readonly missing: string;
}

const isAdaptive = ({ weight }: WeightConfig): boolean =>
  weight === 'adaptive-dataset' || weight === 'adaptive-batch';

/** What Eq. 5 is as a weight: all frequencies alike, the zero frequency too. */
const uniform = { weight: 'uniform', dcWeight: 1 } as const;

/** The settings of the weight that a loss works with: the frequency distance has no choice. */
export const weightConfigOf = (config: RunConfig): WeightConfig =>
  config.loss === 'frequency' ? { ...config, ...uniform } : config;

/** The adaptive weights follow the data set's mean spectrum, which stands in for that of a batch too. */
export const useFrequencyWeight = (side: number): ShownWeight => {
  const config = useApp((state) => state.run.config);
  const settings = weightConfigOf(config);
  const { weight, dcWeight, weightPower, weightGamma, weightEpsilon, weightCurve } = settings;
  const adaptive = isAdaptive(settings);
  const mean = useMeanSpectrum(adaptive);
  const magnitude =
    adaptive && mean.phase === 'ready' && mean.spectrum.side === side ? mean.spectrum.magnitude : undefined;
  const values = useMemo(() => {
    if (adaptive && !magnitude) return undefined;
    const settings = { weight, dcWeight, weightPower, weightGamma, weightEpsilon, weightCurve };
    return frequencyWeight(settings, side, side, magnitude);
  }, [adaptive, magnitude, side, weight, dcWeight, weightPower, weightGamma, weightEpsilon, weightCurve]);
  return {
    values,
    missing: mean.phase === 'failed' ? mean.error.problem : 'Computing the mean spectrum',
  };
};

/** What the weight asks for where the data have energy: w over the mean spectrum of the training images. */
import { lazy, Suspense, useMemo } from 'react';
import { useApp } from '../hooks/store-context.ts';
import { spectrumPoints } from './spectrum-points.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';
import { useMeanSpectrum } from './use-mean-spectrum.ts';

const SpectrumChart = lazy(() => import('./SpectrumChart.tsx'));

const spectrumNote = (phase: string, problem: string | undefined): string =>
  ({
    unknown: 'open images to see their spectrum',
    asked: 'computing the mean spectrum',
    ready: 'mean of |F| over the training images, log axis',
    failed: problem ?? '',
  })[phase] ?? '';

export const WeightSpectrum = () => {
  const mean = useMeanSpectrum();
  const configSide = useApp((state) => state.run.config.side);
  const spectrum = mean.phase === 'ready' ? mean.spectrum : undefined;
  const side = spectrum?.side ?? configSide;
  const { values, missing } = useFrequencyWeight(side);
  const points = useMemo(
    () => values && spectrumPoints(values, spectrum?.magnitude, side),
    [values, spectrum, side],
  );
  return (
    <figure
      className="weight-spectrum"
      aria-label="Weight over the radius, over the mean spectrum of the training images"
      data-testid="weight-spectrum"
      data-spectrum={mean.phase}
    >
      <figcaption className="number">
        <span>
          <i className="swatch-spectrum" />
          {spectrumNote(mean.phase, mean.phase === 'failed' ? mean.error.problem : undefined)}
        </span>
        <span>
          <i className="swatch-weight" />
          w, mean of each ring; dot: w(0, 0)
        </span>
      </figcaption>
      <div className="weight-spectrum-chart">
        {points ? (
          <Suspense fallback={null}>
            <SpectrumChart points={points} side={side} />
          </Suspense>
        ) : (
          <p className="settings-note">{missing}</p>
        )}
      </div>
      <p className="weight-spectrum-axis number">
        radius √(u² + v²); the dashed line at {side / 2} is the end of the axes, what follows lies in the
        corners
      </p>
    </figure>
  );
};

/** The weight over the radius, with the mean spectrum of the training images. */
import { lazy, Suspense, useCallback, useMemo } from 'react';
import type { MeanSpectrumState } from '#store/dataset/state.ts';
import { ChartFrame } from '../plot/frame/ChartFrame.tsx';
import { useMeanSpectrum } from '../shared/frequency-weight/use-frequency-weight.ts';
import { useStepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import { exponentText, weightNote } from '../shared/frequency-weight/weight-note.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { WorkProgress } from '../ui/WorkProgress.tsx';
import { spectrumData, spectrumPoints } from './spectrum-points.ts';

const SpectrumChart = lazy(() => import('./SpectrumChart.tsx'));

const axes = {
  x: 'radius √(u² + v²) (cycles per image)',
  y: 'mean of |F|, log axis (left); w (right)',
} as const;
const finalEntry = { name: 'w, mean of each ring', color: 'var(--loss-wfdl)', dash: 'none' };
const presentEntry = (exponent: number) => ({
  name: `${exponentText(exponent)}, the current step`,
  color: 'var(--loss-wfdl)',
  dash: '5 3',
});
const spectrumEntry = { name: 'mean of |F| over the training images', color: 'var(--accent)', dash: 'none' };

const SpectrumState = ({ mean }: { readonly mean: MeanSpectrumState }) => {
  const { dataset } = useActions();
  switch (mean.phase) {
    case 'unknown':
      return 'open images to see their spectrum';
    case 'asked':
      return (
        <WorkProgress
          label="Mean spectrum of the training images"
          progress={mean.progress}
          cancelHint="The chart will not show the spectrum."
          onCancel={dataset.cancelMeanSpectrum}
        >
          mean spectrum
        </WorkProgress>
      );
    case 'stopped':
      return (
        <Button
          tone="bare"
          hint="Computes the mean of |F| over all training images."
          onClick={() => void dataset.needMeanSpectrum()}
        >
          Compute mean spectrum
        </Button>
      );
    case 'ready':
      return 'mean of |F| over the training images, log axis';
    case 'failed':
      return mean.error.problem;
  }
};

export const WeightSpectrum = () => {
  const mean = useMeanSpectrum();
  const configSide = useApp((state) => state.run.config.side);
  const spectrum = mean.phase === 'ready' ? mean.spectrum : undefined;
  const side = spectrum?.side ?? configSide;
  const { final, present, exponent, missing } = useStepWeight(side);
  const points = useMemo(
    () => final && spectrumPoints({ weight: final, present, magnitude: spectrum?.magnitude }, side),
    [final, present, spectrum, side],
  );
  const legend = [
    finalEntry,
    ...(present ? [presentEntry(exponent)] : []),
    ...(spectrum ? [spectrumEntry] : []),
  ];
  const note = useApp((state) => weightNote(state.run.config));
  const data = useCallback(() => spectrumData(points ?? []), [points]);
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
          <SpectrumState mean={mean} />
        </span>
        <span>
          <i className="swatch-weight" />
          w, mean of each ring; dot: w(0, 0)
        </span>
        {present && (
          <span>
            <i className="swatch-weight-now" />
            {exponentText(exponent)}: the present step of the curriculum
          </span>
        )}
      </figcaption>
      <ChartFrame
        title="Weight over the radius"
        note={`${note}, ${side} px`}
        axes={axes}
        legend={legend}
        label="Weight over the radius"
        empty={points ? undefined : missing}
        data={data}
        place="weight-spectrum-chart"
      >
        {points ? (
          <Suspense fallback={null}>
            <SpectrumChart points={points} side={side} />
          </Suspense>
        ) : (
          <p className="settings-note">{missing}</p>
        )}
      </ChartFrame>
      <p className="weight-spectrum-axis number">
        The dashed line at {side / 2} is the end of the axes, what follows lies in the corners
      </p>
    </figure>
  );
};

/** The weight as an image, the zero frequency in its middle. */
import { useMemo } from 'react';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { ColourBar } from '../bench/ColourBar.tsx';
import { viridis } from '../bench/colour-map.ts';
import { PixelCanvas } from '../bench/PixelCanvas.tsx';
import { usePaintedMap } from '../bench/painted.ts';
import { useApp } from '../hooks/store-context.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';

export const WeightImage = () => {
  const side = useApp((state) => state.dataset.loaded?.side ?? state.run.config.side);
  const { values, missing } = useFrequencyWeight(side);
  const shifted = useMemo(() => values && fftshift(values, side, side), [values, side]);
  const drawn = usePaintedMap(shifted, viridis);
  return (
    <div className="weight-image" role="img" aria-label="Weight w(u, v), zero frequency in the middle">
      {drawn ? (
        <>
          <PixelCanvas pixels={drawn.pixels} side={side} />
          <ColourBar scale={drawn.scale} />
        </>
      ) : (
        <span className="placeholder">{missing}</span>
      )}
    </div>
  );
};

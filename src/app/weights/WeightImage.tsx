/** The weight as an image, the zero frequency in its middle. */
import { useMemo } from 'react';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { ColourBar } from '../bench/ColourBar.tsx';
import { viridis } from '../bench/colour-map.ts';
import { PixelCanvas } from '../bench/PixelCanvas.tsx';
import { largest, paintMap } from '../bench/paint.ts';
import { useApp } from '../hooks/store-context.ts';
import { useFrequencyWeight } from './use-frequency-weight.ts';

export const WeightImage = () => {
  const side = useApp((state) => state.dataset.loaded?.side ?? state.run.config.side);
  const { values, missing } = useFrequencyWeight(side);
  const drawn = useMemo(() => {
    if (!values) return undefined;
    const shifted = fftshift(values, side, side);
    const scale = { table: viridis, lower: 0, upper: largest(shifted) };
    return { scale, pixels: paintMap(shifted, viridis, 0, scale.upper) };
  }, [values, side]);
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

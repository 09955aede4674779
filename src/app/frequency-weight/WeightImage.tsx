/** The weight as an image, with the zero frequency in the middle. */
import { useMemo } from 'react';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { ColorBar } from '../image/ColorBar.tsx';
import { viridis } from '../image/color-map.ts';
import { PixelCanvas } from '../image/PixelCanvas.tsx';
import { usePaintedMap } from '../image/painted.ts';
import { halfAndHalf, useStepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import { exponentText } from '../shared/frequency-weight/weight-note.ts';
import { useApp } from '../shared/store-context.ts';

export const WeightImage = () => {
  const side = useApp((state) => state.dataset.loaded?.side ?? state.run.config.side);
  const { final, present, exponent, missing } = useStepWeight(side);
  const shifted = useMemo(
    () => final && fftshift(present ? halfAndHalf(present, final, side) : final, side, side),
    [final, present, side],
  );
  const drawn = usePaintedMap(shifted, viridis);
  return (
    <div
      className="weight-image"
      role="img"
      aria-label={
        present
          ? `Weight w(u, v), zero frequency in the middle: ${exponentText(exponent)} of the current step on the left, the final one on the right`
          : 'Weight w(u, v), zero frequency in the middle'
      }
    >
      {drawn ? (
        <>
          <PixelCanvas pixels={drawn.pixels} side={side} />
          <ColorBar scale={drawn.scale} />
          {present && (
            <span className="weight-halves number">
              <span>{exponentText(exponent)} now</span>
              <span>final w</span>
            </span>
          )}
        </>
      ) : (
        <span className="placeholder">{missing}</span>
      )}
    </div>
  );
};

/** The frequency at the crosshair of the spectra, drawn as its wave over an image. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { channelMean, coefficientAt } from '#core/spectrum/coefficient.ts';
import { crosshair, pixelAt } from '../../image/crosshair.ts';
import { PixelCanvas } from '../../image/PixelCanvas.tsx';
import { paintWave } from '../../image/wave.ts';

interface WaveOverlayProps {
  /** RGB, [side, side, 3]: the wave has the phase of its coefficient. */
  readonly input: Float32Array | undefined;
  readonly side: number;
}

/** A child of a panel, zoomed with its picture. */
export const WaveOverlay = ({ input, side }: WaveOverlayProps) => {
  const at = useStore(crosshair, ({ spectrum }) => spectrum);
  const plane = useMemo(() => input && channelMean(input, side), [input, side]);
  const pixels = useMemo(() => {
    if (!at || !plane) return undefined;
    const u = pixelAt(at.y, side) - side / 2;
    const v = pixelAt(at.x, side) - side / 2;
    if (u === 0 && v === 0) return undefined;
    return paintWave({ u, v, phase: coefficientAt(plane, side, u, v).phase ?? 0 }, side);
  }, [at, plane, side]);
  if (!pixels) return null;
  return (
    <span className="wave-overlay" data-testid="wave">
      <PixelCanvas pixels={pixels} side={side} />
    </span>
  );
};

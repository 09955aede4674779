/** The page Spectrum: which frequencies the runs have learned, over the epochs and at the shown one. */
import type { ReactNode } from 'react';
import { useApp } from '../shared/store-context.ts';
import { useWalkKeys } from '../shared/use-walk-keys.ts';
import { ImageSpectra } from './ImageSpectra.tsx';
import { LiveCurve } from './LiveCurve.tsx';
import { SpectralMaps } from './SpectralMaps.tsx';
import { useShownRuns } from './use-shown-runs.ts';
import './spectrum.css';

interface SpectrumProps {
  /** Chooses the image. */
  readonly walk: ReactNode;
  /** Chooses the epoch. */
  readonly scrubber: ReactNode;
}

export const Spectrum = ({ walk, scrubber }: SpectrumProps) => {
  useWalkKeys(true);
  const runs = useShownRuns();
  const sample = useApp((state) => state.view.sample);
  const configSide = useApp((state) => (state.run.configured ?? state.run.config).side);
  const side = sample?.side ?? configSide;
  return (
    <div className="spectrum-page">
      <div className="spectrum-head">
        {walk}
        {scrubber}
      </div>
      <LiveCurve runs={runs} side={side} />
      <ImageSpectra runs={runs} side={side} sample={sample} />
      <SpectralMaps runs={runs} side={side} input={sample?.input} />
    </div>
  );
};

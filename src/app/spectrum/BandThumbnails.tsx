/** The shown image in the bands coarse, medium and fine, in the order of the map's rows. */
import { useMemo } from 'react';
import { bandPeriods, type NamedBand, namedBands } from '#core/spectrum/named-bands.ts';
import { createRadialFilter } from '#core/spectrum/radial-filter.ts';
import { PixelCanvas } from '../image/PixelCanvas.tsx';
import { largest, type Pixels, paintSigned } from '../image/paint.ts';
import { formatFigure } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { spectrumHints } from './spectrum-hints.ts';

interface BandPicture extends NamedBand {
  /** Undefined before an image is shown. */
  readonly picture: { readonly pixels: Pixels; readonly contrast: number } | undefined;
}

/** Contrast at which the largest value reaches black or white, with an upper end: noise stays faint. */
const mostContrast = 12;

const picturesOf = (input: Float32Array | undefined, side: number): readonly BandPicture[] => {
  const filter = input && createRadialFilter(input, side);
  return namedBands(side).map((band) => {
    if (!filter) return { ...band, picture: undefined };
    const { pixels } = filter.apply({ inner: band.from - 0.5, outer: band.to + 0.5, edges: 'ideal' });
    const contrast = Math.min(mostContrast, 0.5 / Math.max(1e-6, largest(pixels.map(Math.abs))));
    return { ...band, picture: { pixels: paintSigned(pixels, contrast), contrast } };
  });
};

interface BandThumbnailsProps {
  /** RGB, [side, side, 3]; undefined before an image is shown. */
  readonly input: Float32Array | undefined;
  readonly side: number;
}

export const BandThumbnails = ({ input, side }: BandThumbnailsProps) => {
  const pictures = useMemo(() => picturesOf(input, side), [input, side]);
  return (
    <ul className="band-thumbnails number" aria-label="Bands of this image">
      {pictures.toReversed().map(({ picture, ...band }) => (
        <li key={band.name}>
          {picture && (
            <span className="band-thumbnail">
              <PixelCanvas pixels={picture.pixels} side={side} />
            </span>
          )}
          <span>
            <Hint {...spectrumHints.band} side="right">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach its hint */}
              <b tabIndex={0}>{band.name}</b>
            </Hint>
            <span>
              {band.from}–{band.to} cycles
            </span>
            <span className="quiet">{bandPeriods[band.name]}</span>
            {picture && <span className="quiet">contrast × {formatFigure(picture.contrast, 2)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
};

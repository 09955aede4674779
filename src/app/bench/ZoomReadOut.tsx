/** The zoom of images and spectra, and its reset. */
import { useStore } from 'zustand';
import { wholeContent, zoom } from '../image/zoom.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { Button } from '../ui/Button.tsx';

const times = (scale: number): string => `× ${scale.toFixed(1)}`;

export const ZoomReadOut = () => {
  const { image, spectrum } = useStore(zoom);
  return (
    <div className="zoom-readout number" data-testid="zoom">
      <span className="quiet">
        images <b>{times(image.scale)}</b>
      </span>
      <span className="quiet">
        spectra <b>{times(spectrum.scale)}</b>
      </span>
      <Button
        tone="bare"
        hint={controlHints.resetZoom}
        hintSide="top"
        blocked={image.scale === 1 && spectrum.scale === 1 ? 'The zoom is × 1.' : undefined}
        onClick={() => zoom.setState({ image: wholeContent, spectrum: wholeContent })}
      >
        Reset zoom
      </Button>
    </div>
  );
};

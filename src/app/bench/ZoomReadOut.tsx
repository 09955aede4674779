/** How far images and spectra are zoomed in, and the way back. */
import { useStore } from 'zustand';
import { controlHints } from '../guide/control-hints.tsx';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { wholeContent, zoom } from './zoom.ts';

const times = (scale: number): string => `× ${scale.toFixed(1)}`;

export const ZoomReadOut = () => {
  const { image, spectrum } = useStore(zoom);
  return (
    <div
      className="zoom-readout number"
      data-testid="zoom"
      title="Wheel or pinch zooms, dragging moves, a double click resets; + − 0 on a panel do so too"
    >
      <span className="quiet">
        images <b>{times(image.scale)}</b>
      </span>
      <span className="quiet">
        spectra <b>{times(spectrum.scale)}</b>
      </span>
      <Hint {...controlHints.resetZoom} side="top">
        <Button
          tone="bare"
          disabled={image.scale === 1 && spectrum.scale === 1}
          onClick={() => zoom.setState({ image: wholeContent, spectrum: wholeContent })}
        >
          Reset zoom
        </Button>
      </Hint>
    </div>
  );
};

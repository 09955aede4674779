/** Shows the whole picture again: over each zoomed picture, on every page. */
import { Button } from '../ui/Button.tsx';
import { type PanelKind, setZoom, wholeContent } from './zoom.ts';

const hints: Readonly<Record<PanelKind, string>> = {
  image: 'Shows all images whole again, as does 0 or a double-click.',
  spectrum: 'Shows all spectra whole again, as does 0 or a double-click.',
};

export const ZoomReset = ({ kind }: { readonly kind: PanelKind }) => (
  <Button
    tone="bare"
    className="zoom-reset"
    hint={hints[kind]}
    hintSide="top"
    // The keyboard has 0, and each of the many panels has this button.
    tabIndex={-1}
    onClick={() => setZoom(kind, wholeContent)}
  >
    Reset zoom
  </Button>
);

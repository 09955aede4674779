/** The colour of a band of radius beside its name. */
import { bandColour } from './band-series.ts';

export const BandSwatch = ({ band }: { readonly band: number }) => (
  <i className="swatch-band" style={{ background: bandColour(band) }} />
);

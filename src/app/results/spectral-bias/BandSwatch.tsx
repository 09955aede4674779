/** The color of a band of radius beside its name. */
import { bandColor } from './band-series.ts';

export const BandSwatch = ({ band }: { readonly band: number }) => (
  <i className="swatch-band" style={{ background: bandColor(band) }} />
);

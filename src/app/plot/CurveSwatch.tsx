/** A sample of a curve's line, for a legend. */
import type { CurveStyle } from './curve-style.ts';

export const CurveSwatch = ({ color, dash }: CurveStyle) => (
  <svg className="curve-swatch" width="22" height="8" viewBox="0 0 22 8" aria-hidden="true">
    <path d="M1 4h20" stroke={color} strokeWidth="2" strokeDasharray={dash} fill="none" />
  </svg>
);

/** The curve over the radius, in a square of 1 by 1 that is stretched over its place: lines keep their width. */
import { useMemo } from 'react';
import { monotoneCurve } from '#core/frequency-weight/monotone-curve.ts';
import type { Points } from './curve-edits.ts';

const samples = 128;

/** The cubic as a path from the left edge to the right one, the axis running from 0 below to `top`. */
const pathOf = (points: Points, top: number): string => {
  const curve = monotoneCurve(points);
  return Array.from({ length: samples + 1 }, (_, i) => {
    const radius = i / samples;
    return `${i === 0 ? 'M' : 'L'}${radius.toFixed(4)} ${(1 - curve(radius) / top).toFixed(4)}`;
  }).join('');
};

export const CurvePlot = ({ points, top }: { readonly points: Points; readonly top: number }) => {
  const path = useMemo(() => pathOf(points, top), [points, top]);
  return (
    <svg className="curve-plot" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <path className="curve-grid" d="M0 0H1M0 .25H1M0 .5H1M0 .75H1M.25 0V1M.5 0V1M.75 0V1" />
      <path className="curve-reference" d="M0 1L1 0" />
      <path className="curve-area" d={`${path}L1 1L0 1Z`} />
      <path className="curve-line" d={path} />
    </svg>
  );
};

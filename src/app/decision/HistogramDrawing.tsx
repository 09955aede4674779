/** The score histogram as one SVG: axes, bars, the errors at the threshold, and the threshold. */
import { useId, useMemo } from 'react';
import { formatFigure } from '../ui/format.ts';
import type { Size } from '../ui/use-size.ts';
import { HistogramBars } from './HistogramBars.tsx';
import type { HistogramFrame } from './histogram-frame.ts';
import { thinTicks } from './score-scale.ts';
import type { ScoredImages } from './scored-images.ts';

interface HistogramDrawingProps {
  readonly images: ScoredImages;
  readonly size: Size;
  readonly frame: HistogramFrame;
  /** Undefined if the policy gives none. */
  readonly threshold: number | undefined;
  /** Score of the image on the bench. */
  readonly shown: number | undefined;
}

/** Space that a tick label needs along the axis. */
const tickRoom = 38;

const Axes = ({ images, frame }: { readonly images: ScoredImages; readonly frame: HistogramFrame }) => {
  const { left, top, width, height, zero, pixelsPerImage } = frame;
  const { scale } = images;
  const mostGood = Math.round((zero - top) / pixelsPerImage);
  const mostAnomalous = Math.round((top + height - zero) / pixelsPerImage);
  const counts = [
    { count: mostGood, y: top },
    { count: 0, y: zero },
    { count: mostAnomalous, y: top + height },
  ].filter(({ count }, index) => index === 1 || count > 0);
  return (
    <g className="plot-axes">
      <path d={`M${left} ${top}V${top + height}H${left + width}`} />
      <path className="plot-zero" d={`M${left} ${zero}H${left + width}`} />
      {counts.map(({ count, y }) => (
        <text key={y} x={left - 4} y={y} dy="0.35em" textAnchor="end">
          {count}
        </text>
      ))}
      {thinTicks(scale.ticks, Math.floor(width / tickRoom)).map((tick) => (
        <text key={tick} x={left + scale.toShare(tick) * width} y={top + height + 12} textAnchor="middle">
          {formatFigure(tick, 3)}
        </text>
      ))}
    </g>
  );
};

export const HistogramDrawing = ({ images, size, frame, threshold, shown }: HistogramDrawingProps) => {
  const id = useId();
  const axes = useMemo(() => <Axes images={images} frame={frame} />, [images, frame]);
  const { bins, scale } = images;
  const xOf = (score: number): number => frame.left + scale.toShare(score) * frame.width;
  const x = threshold === undefined ? undefined : xOf(threshold);
  return (
    <svg width={size.width} height={size.height} aria-hidden="true">
      <clipPath id={`${id}called`}>
        <rect x={x ?? size.width} y={0} width={size.width} height={size.height} />
      </clipPath>
      <clipPath id={`${id}passed`}>
        <rect x={0} y={0} width={x ?? 0} height={size.height} />
      </clipPath>
      {axes}
      <HistogramBars bins={bins.bins} frame={frame} />
      <g clipPath={`url(#${id}called)`}>
        <HistogramBars bins={bins.bins} frame={frame} wrong="good" />
      </g>
      <g clipPath={`url(#${id}passed)`}>
        <HistogramBars bins={bins.bins} frame={frame} wrong="anomalous" />
      </g>
      {shown !== undefined && (
        <path className="plot-shown page-only" d={`M${xOf(shown)} ${frame.top}v${frame.height}`} />
      )}
      {x !== undefined && threshold !== undefined && (
        <g className="plot-threshold">
          <path d={`M${x} 14V${frame.top + frame.height}`} />
          <text
            x={x > size.width - 60 ? x - 9 : x + 9}
            y={9}
            textAnchor={x > size.width - 60 ? 'end' : 'start'}
            dy="0.35em"
          >
            {formatFigure(threshold)}
          </text>
        </g>
      )}
    </svg>
  );
};

/** Counts of good and anomalous test images by score, and the threshold as a line that can be moved. */
import { useId, useMemo, useRef } from 'react';
import { formatFigure } from '../format.ts';
import { HistogramBars, type HistogramFrame } from './HistogramBars.tsx';
import { PlotHandle } from './PlotHandle.tsx';
import { thinTicks } from './score-scale.ts';
import type { ScoredImages } from './scored-images.ts';
import { thresholdAfterKey } from './threshold-stops.ts';
import { type Size, useSize } from './use-size.ts';

interface ScoreHistogramProps {
  readonly images: ScoredImages;
  /** Undefined where the policy gives none. */
  readonly threshold: number | undefined;
  readonly thresholdText: string;
  /** Score of the image on the bench. */
  readonly shown: number | undefined;
  readonly onThreshold: (threshold: number) => void;
}

const margin = { left: 22, right: 6, top: 18, bottom: 16 } as const;
/** Room that a tick's label takes along the axis. */
const tickRoom = 38;

const frameOf = ({ bins: { bins }, scale }: ScoredImages, { width, height }: Size): HistogramFrame => {
  const mostGood = Math.max(0, ...bins.map(({ good }) => good));
  const mostAnomalous = Math.max(0, ...bins.map(({ anomalous }) => anomalous));
  const inner = {
    left: margin.left,
    top: margin.top,
    width: Math.max(1, width - margin.left - margin.right),
    height: Math.max(1, height - margin.top - margin.bottom),
  };
  const pixelsPerImage = inner.height / (mostGood + mostAnomalous);
  const edges = [...bins.map(({ lower }) => lower), bins.at(-1)?.upper ?? 0];
  return {
    ...inner,
    pixelsPerImage,
    zero: inner.top + mostGood * pixelsPerImage,
    edges: edges.map((edge) => inner.left + scale.toShare(edge) * inner.width),
  };
};

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
        <text key={y} x={left - 4} y={y} textAnchor="end" dominantBaseline="central">
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

export const ScoreHistogram = ({
  images,
  threshold,
  thresholdText,
  shown,
  onThreshold,
}: ScoreHistogramProps) => {
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const id = useId();
  const frame = useMemo(() => (size ? frameOf(images, size) : undefined), [images, size]);
  const axes = useMemo(() => frame && <Axes images={images} frame={frame} />, [images, frame]);
  const { scale, stops, bins } = images;
  const xOf = (score: number): number => (frame ? frame.left + scale.toShare(score) * frame.width : 0);
  const x = threshold === undefined ? undefined : xOf(threshold);
  return (
    <div className="plot" ref={plot}>
      {frame && size && (
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
            <path className="plot-shown" d={`M${xOf(shown)} ${frame.top}v${frame.height}`} />
          )}
          {x !== undefined && threshold !== undefined && (
            <g className="plot-threshold">
              <path d={`M${x} 14V${frame.top + frame.height}`} />
              <text
                x={x > size.width - 60 ? x - 9 : x + 9}
                y={9}
                textAnchor={x > size.width - 60 ? 'end' : 'start'}
                dominantBaseline="central"
              >
                {formatFigure(threshold)}
              </text>
            </g>
          )}
        </svg>
      )}
      {frame && x !== undefined && threshold !== undefined && (
        <PlotHandle
          label="Threshold"
          className="handle-line"
          style={{ left: x, height: frame.top + frame.height }}
          minimum={scale.lower}
          maximum={scale.upper}
          value={threshold}
          valueText={thresholdText}
          area={frame}
          onDrag={([share]) => onThreshold(scale.fromShare(share))}
          onKey={(key) => {
            const next = thresholdAfterKey(stops, threshold, key, 1);
            if (next !== undefined) onThreshold(next);
            return next !== undefined;
          }}
        />
      )}
    </div>
  );
};

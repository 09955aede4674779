/** Counts of good and anomalous test images by score, and the threshold as a line that can be moved. */
import { useMemo, useRef } from 'react';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useSize } from '../ui/use-size.ts';
import { HistogramDrawing } from './HistogramDrawing.tsx';
import { histogramFrame } from './histogram-frame.ts';
import { PlotHandle } from './PlotHandle.tsx';
import type { ScoredImages } from './scored-images.ts';
import { thresholdAfterKey } from './threshold-stops.ts';

interface ScoreHistogramProps {
  readonly images: ScoredImages;
  /** Undefined where the policy gives none. */
  readonly threshold: number | undefined;
  readonly thresholdText: string;
  /** Score of the image on the bench. */
  readonly shown: number | undefined;
  readonly onThreshold: (threshold: number) => void;
}

export const ScoreHistogram = ({
  images,
  threshold,
  thresholdText,
  shown,
  onThreshold,
}: ScoreHistogramProps) => {
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const frame = useMemo(() => (size ? histogramFrame(images, size) : undefined), [images, size]);
  const { scale, stops } = images;
  return (
    <div className="plot" ref={plot}>
      {frame && size && <HistogramDrawing {...{ images, size, frame, threshold, shown }} />}
      {frame && threshold !== undefined && (
        <PlotHandle
          label="Threshold"
          hint={controlHints.threshold}
          className="handle-line"
          style={{
            left: frame.left + scale.toShare(threshold) * frame.width,
            height: frame.top + frame.height,
          }}
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

/** The score histogram with the threshold as a movable line. */
import { useMemo } from 'react';
import { Plot } from '../plot/Plot.tsx';
import { controlHints } from '../shared/hints/control-hints.ts';
import type { Size } from '../ui/use-size.ts';
import { HistogramDrawing } from './HistogramDrawing.tsx';
import { histogramFrame } from './histogram-frame.ts';
import { PlotHandle } from './PlotHandle.tsx';
import type { ScoredImages } from './scored-images.ts';
import { thresholdAfterKey } from './threshold-stops.ts';

interface ScoreHistogramProps {
  readonly images: ScoredImages;
  /** Undefined if the policy gives none. */
  readonly threshold: number | undefined;
  readonly thresholdText: string;
  /** Score of the image on the bench. */
  readonly shown: number | undefined;
  readonly onThreshold: (threshold: number) => void;
}

const SizedHistogram = ({ size, ...props }: ScoreHistogramProps & { readonly size: Size }) => {
  const { images, threshold, thresholdText, shown, onThreshold } = props;
  const frame = useMemo(() => histogramFrame(images, size), [images, size]);
  const { scale, stops } = images;
  return (
    <>
      <HistogramDrawing {...{ images, size, frame, threshold, shown }} />
      {threshold !== undefined && (
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
    </>
  );
};

export const ScoreHistogram = (props: ScoreHistogramProps) => (
  <Plot>{(size) => <SizedHistogram size={size} {...props} />}</Plot>
);

/** The score histogram as an exported figure has it: at the figure's size, without the image on the bench. */
import { bodyHeight, bodyWidth } from '../plot/export/figure-size.ts';
import { HistogramDrawing } from './HistogramDrawing.tsx';
import { histogramFrame } from './histogram-frame.ts';
import type { ScoredImages } from './scored-images.ts';

interface HistogramPaperProps {
  readonly images: ScoredImages;
  readonly threshold: number | undefined;
}

const size = { width: bodyWidth, height: bodyHeight } as const;

export const HistogramPaper = ({ images, threshold }: HistogramPaperProps) => (
  <div className="plot plot-paper">
    <HistogramDrawing
      frame={histogramFrame(images, size)}
      shown={undefined}
      {...{ images, size, threshold }}
    />
  </div>
);

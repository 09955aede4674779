/** Where the parts of the score histogram lie in a drawing. */

import { type PlotArea, plotArea } from '../plot/plot-area.ts';
import type { Size } from '../ui/use-size.ts';
import type { ScoredImages } from './scored-images.ts';

/** In pixels of the drawing. */
export interface HistogramFrame extends PlotArea {
  /** The line between the classes. */
  readonly zero: number;
  readonly pixelsPerImage: number;
  /** Left edges of the bins, and the right edge of the last. */
  readonly edges: readonly number[];
}

const margin = { left: 22, right: 6, top: 18, bottom: 16 } as const;
export const histogramFrame = ({ bins: { bins }, scale }: ScoredImages, size: Size): HistogramFrame => {
  const mostGood = Math.max(0, ...bins.map(({ good }) => good));
  const mostAnomalous = Math.max(0, ...bins.map(({ anomalous }) => anomalous));
  const inner = plotArea(size, margin);
  const pixelsPerImage = inner.height / (mostGood + mostAnomalous);
  const edges = [...bins.map(({ lower }) => lower), bins.at(-1)?.upper ?? 0];
  return {
    ...inner,
    pixelsPerImage,
    zero: inner.top + mostGood * pixelsPerImage,
    edges: edges.map((edge) => inner.left + scale.toShare(edge) * inner.width),
  };
};

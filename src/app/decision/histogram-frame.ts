/** Where the parts of the score histogram lie in a drawing of some size. */

import type { Size } from '../ui/use-size.ts';
import type { ScoredImages } from './scored-images.ts';

/** Where everything is drawn, in pixels. */
export interface HistogramFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The line between the classes. */
  readonly zero: number;
  readonly pixelsPerImage: number;
  /** Left edges of the bins, and the right edge of the last. */
  readonly edges: readonly number[];
}

const margin = { left: 22, right: 6, top: 18, bottom: 16 } as const;
export const histogramFrame = (
  { bins: { bins }, scale }: ScoredImages,
  { width, height }: Size,
): HistogramFrame => {
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

/** What the page knows of the latest evaluation beyond its scores. */
import type { PlainError } from '#core/errors.ts';
import type { Evaluation } from '#core/history.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { ShareDone } from '#core/share-clock.ts';

export type PixelMetricsState =
  /** Not asked for yet: while training they are computed on demand. */
  | { readonly phase: 'none' }
  /** First the maps, then what is made of their pixels; `progress` is undefined where that is short. */
  | {
      readonly phase: 'computing';
      readonly stage: 'maps' | 'pixels';
      readonly progress: ShareDone | undefined;
    }
  | { readonly phase: 'ready'; readonly metrics: PixelMetrics }
  | { readonly phase: 'failed'; readonly error: PlainError };

export interface MetricsState {
  /** The evaluation that the metrics below belong to. */
  readonly evaluation: Evaluation | undefined;
  readonly image: ImageMetrics | undefined;
  /** Image metrics of the past evaluation as of which the image is shown; undefined for the latest. */
  readonly past: { readonly evaluation: Evaluation; readonly image: ImageMetrics } | undefined;
  readonly pixel: PixelMetricsState;
  /** Image AUROC against the low cut-off of the band, for the evaluation's score and upper cut-off. */
  readonly lowCut: { readonly evaluation: Evaluation; readonly points: readonly LowCutPoint[] } | undefined;
  /** The computation of that curve for the latest evaluation; undefined where there is none. */
  readonly lowCutUnderWay: { readonly progress: ShareDone | undefined } | undefined;
  /** The curves of kept runs that were the present one during this visit, by id. */
  readonly lowCutOfRuns: Readonly<Record<string, readonly LowCutPoint[]>>;
}

export const initialMetrics: MetricsState = {
  evaluation: undefined,
  image: undefined,
  past: undefined,
  pixel: { phase: 'none' },
  lowCut: undefined,
  lowCutUnderWay: undefined,
  lowCutOfRuns: {},
};

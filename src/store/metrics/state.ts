/** The metrics of the latest evaluation. */
import type { PlainError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation, Metric } from '#core/history.ts';
import type { BootstrapInterval } from '#core/metrics/bootstrap-interval.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import type { ShareDone } from '#core/share-clock.ts';

export type PixelMetricsState =
  /** Not computed: during training they are computed on demand. */
  | { readonly phase: 'none' }
  /** First the maps are computed, then their pixel metrics; `progress` is undefined if the work is short. */
  | {
      readonly phase: 'computing';
      readonly stage: 'maps' | 'pixels';
      readonly progress: ShareDone | undefined;
    }
  | { readonly phase: 'ready'; readonly metrics: PixelMetrics }
  | { readonly phase: 'failed'; readonly error: PlainError };

/** The curve over low cut-offs of an evaluation. */
export interface LowCutCurve {
  readonly evaluation: Evaluation;
  /** Category of the test images. */
  readonly category: string;
  readonly points: readonly LowCutPoint[];
}

/** The test images by one way of scoring. */
export interface ScoreTableRow {
  readonly settings: EvaluationSettings;
  readonly auroc: Metric;
  readonly aurocInterval: BootstrapInterval;
  readonly averagePrecision: Metric;
}

export interface ScoreTable {
  /** The evaluation whose reconstructions are scored. */
  readonly evaluation: Evaluation;
  /** The highest AUROC first. */
  readonly rows: readonly ScoreTableRow[];
}

export interface MetricsState {
  /** The evaluation that the metrics belong to. */
  readonly evaluation: Evaluation | undefined;
  readonly image: ImageMetrics | undefined;
  /** Image metrics of the past evaluation being shown; undefined while the latest is shown. */
  readonly past: { readonly evaluation: Evaluation; readonly image: ImageMetrics } | undefined;
  readonly pixel: PixelMetricsState;
  /** The latest evaluation by other scores, computed in the background after a run; undefined before that. */
  readonly scoreTable: ScoreTable | undefined;
  /** Image AUROC over the low cut-off of the band, with the evaluation's score and upper cut-off. */
  readonly lowCut: LowCutCurve | undefined;
  /** The computation of the curve `lowCut`; undefined if none is under way. */
  readonly lowCutUnderWay: { readonly progress: ShareDone | undefined } | undefined;
  /** The curves over low cut-offs by run id, of the retained runs that were the present run during this visit. */
  readonly lowCutOfRuns: Readonly<Record<string, LowCutCurve>>;
}

export const initialMetrics: MetricsState = {
  evaluation: undefined,
  image: undefined,
  past: undefined,
  pixel: { phase: 'none' },
  scoreTable: undefined,
  lowCut: undefined,
  lowCutUnderWay: undefined,
  lowCutOfRuns: {},
};

/** Baselines as plain JSON, which the page passes to a shell. */
import type { Metric } from '../history.ts';
import type { BootstrapInterval } from '../metrics/bootstrap-interval.ts';
import type { PairedDifference } from '../metrics/paired-difference.ts';
import type { ScoredBaseline, StatisticEvaluation } from './baseline-evaluation.ts';
import type { BaselineName } from './baseline-names.ts';
import type { ReferenceEvaluation, ReferenceEvaluations } from './reference-evaluation.ts';

/** `ScoredBaseline` with its scores as a list. */
export interface PlainScored {
  readonly scores: readonly number[];
  readonly imageAuroc: Metric;
  readonly interval: BootstrapInterval;
}

type Undefined = Extract<Metric, { readonly defined: false }>;

/** One baseline. */
export interface PlainBaseline extends PlainScored {
  readonly name: BaselineName;
  /** For a statistic: |s - median| / MAD. */
  readonly deviation?: (PlainScored & { readonly defined: true }) | Undefined;
  /** For a reference: the settings of its score. */
  readonly settings?: ReferenceEvaluation['settings'];
}

/** All baselines of a category. */
export interface PlainBaselines {
  /** In the order of `baselineNames`, without the references if there are none. */
  readonly baselines: readonly PlainBaseline[];
  /** Why there are no references; undefined if there are. */
  readonly withoutReferences: string | undefined;
  /** Number of good training images in the mean image, and in the variation model's covariances. */
  readonly goodImages: number;
  readonly calibrationImages: number;
  /** The run's AUROC minus that of the variation model; undefined without a run. */
  readonly difference: PairedDifference | undefined;
}

const plain = ({ scores, imageAuroc, interval }: ScoredBaseline): PlainScored => ({
  scores: [...scores],
  imageAuroc,
  interval,
});

const plainStatistic = ({ name, deviation, ...scored }: StatisticEvaluation): PlainBaseline => ({
  name,
  ...plain(scored),
  deviation: deviation.defined ? { defined: true, ...plain(deviation) } : deviation,
});

const plainReference = ({ name, settings, ...scored }: ReferenceEvaluation): PlainBaseline => ({
  name,
  ...plain(scored),
  settings,
});

/** Converts all baselines to plain data. */
export const plainBaselines = (
  statistics: readonly StatisticEvaluation[],
  references: ReferenceEvaluations,
  difference: PairedDifference | undefined,
): PlainBaselines => ({
  baselines: [
    ...statistics.map(plainStatistic),
    ...(references.defined ? [references.meanImage, references.variationModel].map(plainReference) : []),
  ],
  withoutReferences: references.defined ? undefined : references.reason,
  goodImages: references.defined ? references.goodImages : 0,
  calibrationImages: references.defined ? references.calibrationImages : 0,
  difference,
});

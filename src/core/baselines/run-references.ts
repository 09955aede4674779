/** The references beside a run, for comparison with its AUROC. */
import type { Metric } from '../history.ts';
import type { BootstrapInterval } from '../metrics/bootstrap-interval.ts';
import type { PairedDifference } from '../metrics/paired-difference.ts';
import type { ScoredBaseline } from './baseline-evaluation.ts';

/** AUROC of a reference with its 95 % interval. */
export interface ReferenceFigure {
  readonly imageAuroc: Metric;
  readonly interval: BootstrapInterval;
}

/** Figures of the references with a run's score and band, on the run's test images. */
export interface ReferenceFigures {
  readonly meanImage: ReferenceFigure;
  readonly variationModel: ReferenceFigure;
  /** The run's AUROC minus that of the variation model. */
  readonly difference: PairedDifference;
}

/** These figures, with the scores of each test image. */
export interface RunReferences extends ReferenceFigures {
  readonly meanImage: ScoredBaseline;
  readonly variationModel: ScoredBaseline;
}

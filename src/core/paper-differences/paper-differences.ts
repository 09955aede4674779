/** The differences of a run from the paper's experiment: settings, training and images, in words. */
import type { RunConfig } from '../config.ts';
import { heldOutCount } from '../training-split.ts';
import { configDifferences, paperAssumptions } from './config-differences.ts';
import { dataDifferences } from './data-differences.ts';
import type { DataFacts } from './data-facts.ts';

/** A run, or a plan of one, to compare with the paper's experiment. */
export interface ComparedRun {
  /** Settings, with those of the evaluation in question. */
  readonly config: RunConfig;
  /** Epochs behind the evaluation; undefined means all of the config's. */
  readonly epochs?: number | undefined;
  /** Images that pass through the model at once; undefined if unknown. */
  readonly microBatch?: number | undefined;
  /** Its images; undefined if unknown. */
  readonly data: DataFacts | undefined;
}

const microBatchWords = ({ config, microBatch, data }: ComparedRun): readonly string[] => {
  const train = data?.counts.train;
  const trained = train === undefined ? config.batch : train - heldOutCount(train, config.holdOutPercent);
  const batch = Math.min(config.batch, trained);
  return microBatch === undefined || microBatch >= batch
    ? []
    : [`Batches of ${batch} in micro-batches of ${microBatch}: batch norm sees each one separately.`];
};

/** One sentence per difference, settings first; empty if the run matches the paper's experiment as far as known. */
export const paperDifferences = (run: ComparedRun): readonly string[] => [
  ...configDifferences({ ...run.config, epochs: run.epochs ?? run.config.epochs }),
  ...microBatchWords(run),
  ...dataDifferences(run.data),
];

/** The comparison in a JSON export. */
export interface PaperComparison {
  readonly differences: readonly string[];
  /** The assumptions that this run makes where the paper does not specify something. */
  readonly assumptions: readonly string[];
}

/** Differences and assumptions of a run. */
export const comparePaper = (run: ComparedRun): PaperComparison => ({
  differences: paperDifferences(run),
  assumptions: paperAssumptions(run.config),
});

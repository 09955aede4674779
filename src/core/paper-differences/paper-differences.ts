/** How a run differs from the paper's experiment: settings, training and images, in words. */
import type { RunConfig } from '../config.ts';
import { heldOutCount } from '../training-split.ts';
import { configDifferences, paperAssumptions } from './config-differences.ts';
import { dataDifferences } from './data-differences.ts';
import type { DataFacts } from './data-facts.ts';

/** A run, or a plan of one, as it is compared with the paper's experiment. */
export interface ComparedRun {
  /** Settings, with those of the evaluation that is spoken of. */
  readonly config: RunConfig;
  /** Epochs behind the evaluation; undefined if all of the config's are meant. */
  readonly epochs?: number | undefined;
  /** Images that pass through the model at once; undefined if that is not known. */
  readonly microBatch?: number | undefined;
  /** Its images; undefined if they are not known. */
  readonly data: DataFacts | undefined;
}

const microBatchWords = ({ config, microBatch, data }: ComparedRun): readonly string[] => {
  const train = data?.counts.train;
  const trained = train === undefined ? config.batch : train - heldOutCount(train, config.holdOutPercent);
  const batch = Math.min(config.batch, trained);
  return microBatch === undefined || microBatch >= batch
    ? []
    : [`Batches of ${batch} in parts of ${microBatch}: batch norm sees each part by itself.`];
};

/** One sentence a difference, settings first; empty where the run is the paper's experiment as far as it is told. */
export const paperDifferences = (run: ComparedRun): readonly string[] => [
  ...configDifferences({ ...run.config, epochs: run.epochs ?? run.config.epochs }),
  ...microBatchWords(run),
  ...dataDifferences(run.data),
];

/** The comparison as it stands in a JSON export. */
export interface PaperComparison {
  readonly differences: readonly string[];
  /** What the paper leaves open and the run has as assumed for it. */
  readonly assumptions: readonly string[];
}

/** Differences and assumptions of a run. */
export const comparePaper = (run: ComparedRun): PaperComparison => ({
  differences: paperDifferences(run),
  assumptions: paperAssumptions(run.config),
});

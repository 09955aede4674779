/** What running the paper's table would cost here: asked of the training worker, before there are any images. */
import type { RunConfig } from '#core/config.ts';
import { paperLosses } from '#core/table/paper-table.ts';
import { largestCategory, officialCategories, workOfAllCategories } from '#core/table/table-cost.ts';
import type { RunEstimate } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';

export interface TableCost {
  /** One run for each category and loss of the paper. */
  readonly runs: number;
  /** Of all runs, one after the other, decoding not included; undefined where the device's pace is not known. */
  readonly totalMs: number | undefined;
  readonly paceSource: RunEstimate['paceSource'];
  /** On the device at the peak of the run that needs most. */
  readonly memoryBytes: number;
  /** Images that pass through the model at once in that run, and those of its batch. */
  readonly microBatch: number;
  readonly batch: number;
}

/**
 * The cost of the table with these settings. The losses are taken to need the same time: convolutions need nearly all.
 * @throws ResiduaError (as rejection) where a run would not fit the device
 */
export const estimateTable = async (
  training: Pick<TrainingClient, 'request'>,
  config: RunConfig,
): Promise<TableCost> => {
  const { train, testGood, testAnomalous } = largestCategory.counts;
  const counts = { train, test: testGood + testAnomalous };
  const estimates: RunEstimate[] = [];
  for (const loss of paperLosses) {
    estimates.push(await training.request('estimateFor', { config: { ...config, loss }, ...counts }));
  }
  const largest = estimates.reduce((most, next) => (next.memoryBytes > most.memoryBytes ? next : most));
  const { epochMs, paceSource, memoryBytes, microBatch, batch } = largest;
  return {
    runs: paperLosses.length * officialCategories.length,
    totalMs: epochMs && paperLosses.length * workOfAllCategories(config) * (epochMs / train),
    paceSource,
    memoryBytes,
    microBatch,
    batch,
  };
};

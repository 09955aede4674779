/** The cost of the paper's table on this machine: the training worker estimates it without images. */
import type { RunConfig } from '#core/config.ts';
import { paperLosses } from '#core/table/paper-table.ts';
import { largestCategory, officialCategories, workOfAllCategories } from '#core/table/table-cost.ts';
import type { RunEstimate } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';

export interface TableCost {
  /** Number of runs: one per category and loss of the paper. */
  readonly runs: number;
  /** Time of all runs in sequence, without decoding; undefined if the device's pace is unknown. */
  readonly totalMs: number | undefined;
  readonly paceSource: RunEstimate['paceSource'];
  /** Peak memory on the device, in the largest run. */
  readonly memoryBytes: number;
  /** Images that pass through the model at once in that run, and its batch size. */
  readonly microBatch: number;
  readonly batch: number;
}

/**
 * Estimates the cost of the table. All losses are assumed to take the same time, since convolutions dominate.
 * @throws ResiduaError (as rejection) if a run does not fit the device
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

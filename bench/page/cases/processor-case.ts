/** The whole training step on the processor: alone, compared with PyTorch, and on one thread and on all. */
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { type BenchRow, benchRow } from '../../bench-row.ts';
import { activateBackend, type Candidate, measure } from '../../measure.ts';
import { benchProcessorConvolutions } from '../../processor-conv.ts';
import { pyTorchSizes } from '../../pytorch-sizes.ts';
import { createStep, type StepSize } from '../../step.ts';
import { stepOperations } from '../../step-operations.ts';
import type { BenchCase, BenchContext } from '../bench-case.ts';

const stepOf = async <T>(size: StepSize, use: (candidate: Candidate) => Promise<T>): Promise<T> => {
  await activateBackend('wasm');
  const { step, dispose } = createStep(size);
  try {
    return await use({ call: step, backend: 'wasm' });
  } finally {
    await activateBackend('wasm');
    dispose();
    await activateBackend('webgpu');
  }
};

const operationsPerMs = ({ side, batch, width }: StepSize): number =>
  stepOperations(side, batch, width) / 1e6;

/** Our time and threads; the baseline is added if PyTorch is available. */
const againstPyTorch =
  (id: string, size: StepSize) =>
  async ({ timing }: BenchContext): Promise<readonly BenchRow[]> => {
    const { threads } = await openProcessor();
    const [own] = await stepOf(size, (candidate) => measure([candidate], timing));
    const { medianMs } = own!;
    return [
      benchRow(
        { id, baseline: `ours: ${threads} threads`, medianMs, gflops: operationsPerMs(size) / medianMs },
        {},
      ),
    ];
  };

export const pyTorchCases: readonly BenchCase[] = Object.entries(pyTorchSizes).map(([id, size]) => ({
  ids: [id],
  run: againstPyTorch(id, size),
}));

const threadsRow = 'cpu-threads';

/** All threads against one, alternating. */
export const threadsCase: BenchCase = {
  ids: [threadsRow],
  run: async ({ timing }) => {
    const { threads, processor } = await openProcessor();
    const size = pyTorchSizes['cpu-pytorch-64-w025']!;
    const times = await stepOf(size, (candidate) =>
      measure(
        [threads, 1].map((count) => ({
          ...candidate,
          call: () => {
            processor.runOnThreads(count);
            return candidate.call();
          },
        })),
        timing,
      ),
    ).finally(() => processor.runOnThreads(threads));
    const [all, one] = times;
    return [
      benchRow(
        {
          id: threadsRow,
          baseline: `one thread; ours: ${threads}`,
          medianMs: all!.medianMs,
          baselineMs: one!.medianMs,
          gflops: operationsPerMs(size) / all!.medianMs,
        },
        {},
      ),
    ];
  },
};

const productRow = 'cpu-product-share';

/** Products of the layers with the most work, without the algorithms that save multiplications, on one core. */
export const productCase: BenchCase = {
  ids: [productRow],
  run: async ({ timing }) => {
    const { peakGflops, convolutions } = benchProcessorConvolutions({
      side: 64,
      width: 1,
      batch: 4,
      direct: true,
      samples: timing.samples,
      leastSampleMs: 20,
    });
    const most = Math.max(...convolutions.map(({ operations }) => operations));
    const largest = convolutions.filter(({ operations }) => operations >= most / 2);
    const operations = largest.reduce((sum, each) => sum + each.operations, 0);
    // The share of these layers in sequence, so each counts in proportion to its time.
    const share = operations / largest.reduce((sum, each) => sum + each.operations / each.peakShare, 0);
    const baseline = `a core's multiply-add peak, ${peakGflops.toFixed(1)} GFLOP/s; ${largest.length} largest products`;
    return [benchRow({ id: productRow, baseline, ratio: share, gflops: share * peakGflops }, {})];
  },
};

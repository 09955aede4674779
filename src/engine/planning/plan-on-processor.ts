/** Plans the memory that work needs on the processor. Uses the real backend on a processor without memory. */
import { registerProcessorKernels } from '../cpu/kernels.ts';
import { PlannedProcessor } from '../cpu/planned-processor.ts';
import { ProcessorBackend } from '../cpu/processor-backend.ts';
import { onTemporaryBackend } from '../temporary-backend.ts';
import type { PlannedMemory } from './planned-memory.ts';

const backendName = 'residua-planning-processor';

/**
 * Like `planMemory`, but for a processor with this many threads.
 * @param rehearse as in `planMemory`
 */
export const planOnProcessor = (threads: number, rehearse: () => void): PlannedMemory => {
  registerProcessorKernels(backendName);
  const processor = new PlannedProcessor(threads);
  const { heap } = processor;
  onTemporaryBackend(backendName, new ProcessorBackend(processor), rehearse);
  return { bytes: heap.peakBytes, largestBufferBytes: heap.largestBytes, dispatches: [] };
};

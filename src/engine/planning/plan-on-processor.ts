/** Plans what work would hold on the processor: the backend itself, on a processor without a memory. */
import { registerProcessorKernels } from '../cpu/kernels.ts';
import { PlannedProcessor } from '../cpu/planned-processor.ts';
import { ProcessorBackend } from '../cpu/processor-backend.ts';
import type { PlannedMemory } from './planned-memory.ts';
import { onPlanningBackend } from './planning-scope.ts';

const backendName = 'residua-planning-processor';

/**
 * As `planMemory`, for a processor with so many threads.
 * @param rehearse as there
 */
export const planOnProcessor = (threads: number, rehearse: () => void): PlannedMemory => {
  registerProcessorKernels(backendName);
  const processor = new PlannedProcessor(threads);
  const { heap } = processor;
  onPlanningBackend(backendName, new ProcessorBackend(processor), rehearse);
  return { bytes: heap.peakBytes, largestBufferBytes: heap.largestBytes, dispatches: [] };
};

/** Plans what work would hold on the processor: the backend itself, on a processor without a memory. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { PlannedProcessor } from '../cpu/planned-processor.ts';
import { ProcessorBackend, processorBackendName } from '../cpu/processor-backend.ts';
import '../cpu/stock/stock.ts';
import { registerRecorder } from '../recorder-registry.ts';
import type { PlannedMemory } from './planned-memory.ts';
import { onPlanningBackend } from './planning-scope.ts';

const backendName = 'residua-planning-processor';

registerRecorder(backendName, (body) => (tf.backend() as ProcessorBackend).record(body));

/**
 * As `planMemory`, for a processor with so many threads.
 * @param rehearse as there
 */
export const planOnProcessor = (threads: number, rehearse: () => void): PlannedMemory => {
  const processor = new PlannedProcessor(threads);
  const { heap } = processor;
  onPlanningBackend(backendName, new ProcessorBackend(processor), processorBackendName, rehearse);
  return { bytes: heap.peakBytes, largestBufferBytes: heap.largestBytes, dispatches: [] };
};

/** The factors exp(-2 pi i k / L) on the processor. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import { twiddleTable } from '../twiddles.ts';

/** The table of a length, float32 [length, 2], rounded once from float64. The backend owns it. */
export const processorTwiddles = (backend: ProcessorBackend, length: number): TensorInfo =>
  backend.constant(`twiddles-${length}`, [length, 2], () => twiddleTable(length));

/** The processor's calls of a curriculum's weight. Pure: addresses and sizes in, calls out. */
import * as kernels from '../../cpu/kernel-numbers.ts';
import { floatWord, type KernelCall } from '../../cpu/processor.ts';

/** Weights per chunk; the kernel has the same constant. */
const chunkFloats = 2048;
/** Three float64. */
const partBytes = 24;

/** Bytes of memory between the calls, for this many weights. */
export const curriculumRoom = (size: number): number => Math.ceil(size / chunkFloats) * partBytes;

/**
 * w^s, rescaled to the mean of w over all frequencies but the first, which becomes `dcWeight` times the largest other value.
 * @param size of the weight
 * @param at addresses: weight and result, float32 [size], the exponent s, one float32, and `curriculumRoom` bytes
 */
export const curriculumCalls = (
  size: number,
  dcWeight: number,
  at: Readonly<Record<'weight' | 'exponent' | 'result' | 'parts', number>>,
): KernelCall[] => {
  const words = [at.weight, at.exponent, at.result, at.parts, size, floatWord(dcWeight)];
  const chunks = Math.ceil(size / chunkFloats);
  return [
    { kernel: kernels.curriculumPowers, words, chunks },
    { kernel: kernels.curriculumScale, words, chunks },
  ];
};

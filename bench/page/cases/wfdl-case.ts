/** WFDL's value and gradient, batch 1 of 3x256x256, beside stock tfjs's transform forward alone. */
import { benchRow } from '../../bench-row.ts';
import { benchFft } from '../../fft.ts';
import type { BenchCase } from '../bench-case.ts';

const side = 256;
/** A call takes 10 to 40 ms on CPU devices: 16 make a readback's wait small. */
const callsPerSample = 16;

/** `wfdl-vs-tfjs`: the stock transform alone, without weight, modulus, inverse or gradient, against all of ours. */
export const wfdlCase: BenchCase = {
  ids: ['wfdl-vs-tfjs'],
  run: async ({ peaks }) => {
    const timings = await benchFft(side, 1, callsPerSample);
    const medianOf = (wanted: string): number => {
      const found = timings.find(({ id }) => id === wanted);
      if (!found) throw new Error(`The transform's bench gave no ${wanted}.`);
      return found.medianMs;
    };
    return [
      benchRow(
        {
          id: 'wfdl-vs-tfjs',
          baseline: 'stock tfjs fft, forward alone, median of 3',
          medianMs: medianOf('wfdl-loss-and-gradient'),
          baselineMs: medianOf('tfjs-fft2d'),
        },
        peaks,
      ),
    ];
  },
};

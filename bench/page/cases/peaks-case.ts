/** The device's peaks in separate rows, as the reference for the shares in results.json. */
import { benchRow } from '../../bench-row.ts';
import type { BenchCase } from '../bench-case.ts';

/** Reports the best of all measurements, so it runs last. */
export const peaksCase: BenchCase = {
  ids: ['fma-peak', 'copy-peak'],
  run: async ({ peaks }) => [
    benchRow({ id: 'fma-peak', gflops: peaks.gflops }, peaks),
    benchRow({ id: 'copy-peak', gbs: peaks.gbs }, peaks),
  ],
};

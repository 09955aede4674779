/** The device's peaks as rows of their own, as the reference of the shares in results.json. */
import { benchRow } from '../../bench-row.ts';
import type { BenchCase } from '../bench-case.ts';

/** The best of all measurements; therefore it runs last. */
export const peaksCase: BenchCase = {
  ids: ['fma-peak', 'copy-peak'],
  run: async ({ peaks }) => [
    benchRow({ id: 'fma-peak', gflops: peaks.gflops }, peaks),
    benchRow({ id: 'copy-peak', gbs: peaks.gbs }, peaks),
  ],
};

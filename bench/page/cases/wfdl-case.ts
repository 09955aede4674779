/** WFDL's value and gradient, batch 1 of 3x256x256: against the transforms alone of other libraries, and a copy kernel. */
import { type BenchRow, benchRow, type DevicePeaks } from '../../bench-row.ts';
import { benchWfdl, type WfdlBench } from '../../wfdl-bandwidth.ts';
import type { BenchCase, BenchContext } from '../bench-case.ts';

const side = 256;
const batch = 1;

/** The other transforms are forward only, without weight, modulus, inverse or gradient. */
const comparedRow = (
  id: string,
  baseline: string,
  baselineMs: number | undefined,
  { wfdlMs, wfdlGbs }: WfdlBench,
  peaks: DevicePeaks,
): BenchRow => benchRow({ id, baseline, medianMs: wfdlMs, baselineMs, gbs: wfdlGbs }, peaks);

/** Uses the copy that alternated with the loss, not that of the device's peaks. */
const shareRow = (id: string, { wfdlMs, wfdlGbs, copyGbs, bandwidthShare }: WfdlBench): BenchRow =>
  benchRow(
    {
      id,
      baseline: 'copy kernel: ratio is the share of it',
      ratio: bandwidthShare,
      medianMs: wfdlMs,
      gbs: wfdlGbs,
    },
    { gbs: copyGbs },
  );

/** jax-js may fail alone, in a browser that it does not support: then the other rows are still measured. */
export const jaxCase: BenchCase = {
  ids: ['wfdl-vs-jax'],
  run: async ({ peaks }: BenchContext) => {
    const measured = await benchWfdl(side, batch, { jax: true, stock: false });
    return [comparedRow('wfdl-vs-jax', 'jax-js rfft2, forward alone', measured.jaxMs, measured, peaks)];
  },
};

export const wfdlCase: BenchCase = {
  ids: ['wfdl-bandwidth-share', 'wfdl-vs-tfjs'],
  run: async ({ settings: { stock }, peaks }: BenchContext) => {
    const measured = await benchWfdl(side, batch, { jax: false, stock });
    const share = shareRow('wfdl-bandwidth-share', measured);
    if (!stock) return [share];
    return [
      share,
      comparedRow('wfdl-vs-tfjs', 'stock tfjs fft, forward alone', measured.stockMs, measured, peaks),
    ];
  },
};

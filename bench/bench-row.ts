/** A row of the bench's table and of results.json: plain data, the same in the page and in Node. */

/** Measured upper limits of any kernel on a device. */
export interface DevicePeaks {
  /** Fused multiply-adds between registers, GFLOP/s. */
  readonly gflops: number;
  /** A tuned copy kernel, bytes read and bytes written, GB/s. */
  readonly gbs: number;
}

/** One measurement. Null means no value: JSON has no undefined, and every row has every key. */
export interface BenchRow {
  readonly id: string;
  /** The reference of the comparison, in words. */
  readonly baseline: string | null;
  /** baselineMs / medianMs unless the row says otherwise; above 1 is faster than the baseline. */
  readonly ratio: number | null;
  /** Median time of a call, milliseconds. */
  readonly medianMs: number | null;
  readonly baselineMs: number | null;
  readonly gflops: number | null;
  /** GB/s by the minimum traffic (inputs read once, outputs written once) or by the kernels' traffic, as the row says. */
  readonly gbs: number | null;
  /** Fraction of the row's peak, 0 to 1: multiply-adds if it has `gflops`, else the copy kernel. */
  readonly peakShare: number | null;
  /** gflops / the device's multiply-add peak. */
  readonly fmaShare: number | null;
  /** gbs / the device's copy peak. */
  readonly copyShare: number | null;
  /** Why the row has no values. */
  readonly error: string | null;
}

/** The known values of a row; all others are null. */
export interface MeasuredRow {
  readonly id: string;
  readonly baseline?: string;
  /** By default baselineMs / medianMs. */
  readonly ratio?: number;
  readonly medianMs?: number;
  readonly baselineMs?: number | undefined;
  readonly gflops?: number;
  readonly gbs?: number;
}

/**
 * Completes a measured row.
 * @param peaks the peaks for the row; none if they belong to another device
 */
export const benchRow = (measured: MeasuredRow, peaks: Partial<DevicePeaks>): BenchRow => {
  const { id, medianMs, baselineMs, gflops, gbs } = measured;
  const ratio =
    measured.ratio ??
    (medianMs === undefined || baselineMs === undefined ? undefined : baselineMs / medianMs);
  const fmaShare = gflops === undefined || peaks.gflops === undefined ? null : gflops / peaks.gflops;
  const copyShare = gbs === undefined || peaks.gbs === undefined ? null : gbs / peaks.gbs;
  return {
    id,
    baseline: measured.baseline ?? null,
    ratio: ratio ?? null,
    medianMs: medianMs ?? null,
    baselineMs: baselineMs ?? null,
    gflops: gflops ?? null,
    gbs: gbs ?? null,
    peakShare: fmaShare ?? copyShare,
    fmaShare,
    copyShare,
    error: null,
  };
};

/** The row of a bench that failed. */
export const failedRow = (id: string, error: string): BenchRow => ({ ...benchRow({ id }, {}), error });

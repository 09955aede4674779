/** The spectra of the residual of the last run of each loss, kept for comparison while the page is open. */
import type { LossName, RunConfig } from '#core/config.ts';
import type { SpectrumRecord } from '#core/history.ts';

/** A run as far as its spectra tell of it. */
export interface LossSpectra {
  readonly loss: LossName;
  readonly seed: number;
  /** Side S in pixels. */
  readonly side: number;
  /** Category that the run was trained on; undefined where that is not known. */
  readonly categoryName: string | undefined;
  readonly records: readonly SpectrumRecord[];
}

export type SpectraByLoss = Readonly<Partial<Record<LossName, LossSpectra>>>;

/** With these records as the last ones of their run's loss; a run without any takes no other's place. */
export const withSpectra = (
  kept: SpectraByLoss,
  { loss, seed, side }: RunConfig,
  categoryName: string | undefined,
  records: readonly SpectrumRecord[],
): SpectraByLoss =>
  records.length === 0 ? kept : { ...kept, [loss]: { loss, seed, side, categoryName, records } };

/** The residual spectra of each loss's last run, for comparison while the page is open. */
import type { LossName, RunConfig } from '#core/config.ts';
import type { SpectrumRecord } from '#core/history.ts';

/** The residual spectra of a run, with the settings that identify it. */
export interface LossSpectra {
  readonly loss: LossName;
  readonly seed: number;
  /** Side S in pixels. */
  readonly side: number;
  /** Category of the training images; undefined if unknown. */
  readonly categoryName: string | undefined;
  readonly records: readonly SpectrumRecord[];
}

export type SpectraByLoss = Readonly<Partial<Record<LossName, LossSpectra>>>;

/** Replaces the spectra that are stored for the run's loss, unless the run has no spectra. */
export const withSpectra = (
  spectra: SpectraByLoss,
  { loss, seed, side }: RunConfig,
  categoryName: string | undefined,
  records: readonly SpectrumRecord[],
): SpectraByLoss =>
  records.length === 0 ? spectra : { ...spectra, [loss]: { loss, seed, side, categoryName, records } };

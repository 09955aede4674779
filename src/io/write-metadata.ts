/** Writes Residua's own part of a run's file. */
import { epochChoiceOf } from '#core/epoch-choice.ts';
import type { PaperComparison } from '#core/paper-differences/paper-differences.ts';
import { toStoredHistory } from '#core/stored-history.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import type { RunMetadata, SavedRun } from './run-files.ts';

/** Far finer than any chart. */
const spectrumDigits = 5;

/**
 * Returns the metadata of a run.
 * @param paper the differences from the paper's experiment; undefined if unknown
 * @param weightsCrc32 CRC-32 of the bytes of all weights in the file
 */
export const metadataOf = (
  { config, categoryName, history, threshold }: SavedRun,
  paper: PaperComparison | undefined,
  weightsCrc32: number,
): RunMetadata => {
  const last = history.evaluations.at(-1);
  return {
    version: settingsVersion,
    config,
    categoryName,
    history: toStoredHistory(history, spectrumDigits),
    metrics: last
      ? {
          imageAuroc: last.imageAuroc,
          epochChoice: epochChoiceOf(last, history.evaluations, config.epochs),
        }
      : null,
    ...(paper ? { paper: { differences: [...paper.differences], assumptions: [...paper.assumptions] } } : {}),
    ...(threshold ? { threshold } : {}),
    weightsCrc32,
    preprocessing: {
      side: config.side,
      fit: config.fit,
      resize: 'bilinear, antialiased (Pillow)',
      range: [0, 1],
      channels: 'RGB',
    },
    batchNorm: config.batchNorm,
    seed: config.seed,
  };
};

/** The difference in AUROC between an evaluation and the variation model on the same images. */
import { baselineBootstrapSeed } from '#core/baselines/baseline-evaluation.ts';
import { scoreSettingNames } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import { type PairedDifference, pairedAurocDifference } from '#core/metrics/paired-difference.ts';
import type { AppState } from '../app-state.ts';
import { labelsOf } from '../dataset/image-labels.ts';
import type { KnownReferences } from './state.ts';

interface Known {
  readonly reference: Float64Array;
  readonly difference: PairedDifference;
}

/** Cached per array of scores: a bootstrap takes milliseconds, and many parts of the page show its result. */
const known = new WeakMap<Float64Array, Known>();

/**
 * Returns the AUROC of the evaluation minus that of the variation model with the same score.
 * @returns undefined if the references are unknown or have other settings than the evaluation
 */
export const differenceToVariationModel = (
  evaluation: Pick<Evaluation, 'scores' | (typeof scoreSettingNames)[number]>,
  references: KnownReferences | undefined,
  anomalous: readonly boolean[],
): PairedDifference | undefined => {
  if (!references) return undefined;
  const { settings, evaluations } = references;
  if (scoreSettingNames.some((name) => settings[name] !== evaluation[name])) return undefined;
  if (!evaluations.defined) return evaluations;
  const { scores: reference } = evaluations.variationModel;
  const { scores } = evaluation;
  if (scores.length !== anomalous.length || reference.length !== anomalous.length) return undefined;
  const before = known.get(scores);
  if (before?.reference === reference) return before.difference;
  const difference = pairedAurocDifference(scores, reference, anomalous, { seed: baselineBootstrapSeed });
  known.set(scores, { reference, difference });
  return difference;
};

/** Returns the same difference for an evaluation of the present run, on the loaded images. */
export const presentDifference = (
  { baselines, dataset }: Pick<AppState, 'baselines' | 'dataset'>,
  evaluation: Evaluation | undefined,
): PairedDifference | undefined =>
  evaluation &&
  baselines.references &&
  differenceToVariationModel(
    evaluation,
    baselines.references,
    labelsOf(dataset.loaded?.samples ?? []).anomalous,
  );

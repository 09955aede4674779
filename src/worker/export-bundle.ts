/** The last evaluation of a run as a bundle. */
import { type BundlePart, zipParts } from '#core/bundle/zip-parts.ts';
import { ResiduaError } from '#core/errors.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, History } from '#core/history.ts';
import { comparePaper } from '#core/paper-differences/paper-differences.ts';
import { binaryParts } from '#io/bundle/part-writers.ts';
import { type WorkOptions, withSignal } from '#training/yield-point.ts';
import { bundleExamples } from './bundle-examples.ts';
import type { BundleRequest } from './protocol.ts';
import { type PresentRun, pastFile } from './run-requests.ts';

const notEvaluated = (): ResiduaError =>
  new ResiduaError(
    'no-run',
    'Nothing is evaluated yet, and a bundle holds the scores of an evaluation.',
    'Train to the first evaluation, or press Stop, which evaluates.',
  );

/** The history up to an evaluation, as of its weights. */
const historyUpTo = (history: History, { step }: Evaluation): History => ({
  ...history,
  steps: history.steps.filter((record) => record.step <= step),
  spectra: history.spectra.filter((record) => record.step <= step),
  ...(history.changes ? { changes: history.changes.filter((change) => change.step < step) } : {}),
});

/**
 * Writes the parts of a bundle; the run must rest.
 * @returns new arrays: the parts, or a single .zip of them
 * @throws ResiduaError `no-run` if nothing is evaluated; `cancelled`, also if training resumes
 */
export const exportBundle = (
  present: PresentRun,
  { texts, threshold, past, dataFingerprint, examples, zipName }: BundleRequest,
  options: WorkOptions,
): Promise<readonly BundlePart[]> => {
  const { run, trainer, images, summary, imported } = present;
  return trainer.exclusive(async (rest) => {
    const { history } = trainer;
    const evaluation = history.evaluations.at(-1);
    if (!evaluation) throw notEvaluated();
    const { scored } = run.evaluator;
    const weights = await run.evaluator.readEvaluatedWeights(withSignal(options, rest));
    const config = { ...trainer.presentConfig, ...evaluationSettingsOf(evaluation) };
    const paper = comparePaper({
      config,
      epochs: evaluation.epoch,
      microBatch: summary.microBatch,
      data: imported ? undefined : images.facts,
    });
    const saved = {
      config,
      categoryName: images.name,
      history: historyUpTo(history, evaluation),
      weights,
      threshold,
    };
    const encoder = new TextEncoder();
    const parts = [
      ...Array.from(texts, ([name, text]) => ({ name, bytes: encoder.encode(text) })),
      ...(await binaryParts({
        run: saved,
        remarks: { paper, dataFingerprint },
        statistics: scored.learned,
        weight: scored.spectralWeight,
        past: past ? pastFile(present, saved.history.steps) : undefined,
        examples: bundleExamples(images, scored.evaluated?.parts.reconstructions ?? new Map(), examples),
      })),
    ];
    return zipName === undefined ? parts : [{ name: zipName, bytes: zipParts(parts) }];
  });
};

/** Scores images outside the loaded ones like the last evaluation of a run. */
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { type WorkOptions, withSignal } from '#training/yield-point.ts';
import type { NewImageScores } from './protocol.ts';
import type { PresentRun } from './run-requests.ts';
import { noRun, requireFraming } from './session-errors.ts';

/**
 * @param images without masks, with the framing of the run
 * @throws ResiduaError `no-run` if nothing is evaluated yet; `config-invalid` with another framing; `cancelled`, also if training resumes
 */
export const scoreNewImages = (
  { run, trainer, images: framing }: PresentRun,
  images: ImageSet,
  options: WorkOptions,
): Promise<NewImageScores> =>
  trainer.exclusive(async (rest) => {
    const evaluation = trainer.history.evaluations.at(-1);
    if (!evaluation) throw noRun();
    const settings = evaluationSettingsOf(evaluation);
    const scored = await run.evaluator.scoreOthers(
      requireFraming(images, framing),
      settings,
      withSignal(options, rest),
    );
    return { ...scored, step: evaluation.step };
  });

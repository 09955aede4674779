/** Scoring the good training images, in turns with training; only the last request goes on. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { Trainer } from '#training/trainer.ts';
import type { GoodTrainingScores } from './protocol.ts';
import { noRun } from './session-errors.ts';

/** The requests of one session. */
export class GoodTrainingRequest {
  private asked = 0;

  /**
   * The scores by the settings of the last evaluation, with the weights as they are; undefined where it was stopped.
   * @param onProgress share of the images done, 0 to 1
   * @throws ResiduaError `no-run` where nothing is evaluated yet
   */
  async scores(
    run: AutoencoderRun,
    trainer: Trainer,
    onProgress: (share: number) => void,
  ): Promise<GoodTrainingScores | undefined> {
    const request = ++this.asked;
    return trainer.inTurn(async (mayGoOn) => {
      const evaluation = trainer.evaluations.at(-1);
      if (!evaluation) throw noRun();
      const settings = evaluationSettingsOf(evaluation);
      const scores = await run.scoreGoodTraining(settings, {
        mayGoOn: () => request === this.asked && mayGoOn(),
        onProgress,
      });
      return scores && { ...settings, step: evaluation.step, scores };
    });
  }

  /** Ends what is under way. */
  stop(): void {
    this.asked += 1;
  }
}

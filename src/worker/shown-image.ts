/** The image that the page shows, whatever the runs. */
import type { ImageSet } from '#core/dataset.ts';
import type { PastEvaluation, SampleView } from '#core/history.ts';
import { sampleView } from '#training/sample-view.ts';
import type { PresentRun } from './run-requests.ts';
import { noImages } from './session-errors.ts';

/** The held evaluation of a run that is nearest to an epoch; undefined if none is held. */
const nearestEvaluation = ({ run }: PresentRun, epoch: number): PastEvaluation | undefined => {
  const { evaluations } = run.evaluator.scored.past;
  const distance = (evaluation: PastEvaluation): number => Math.abs(evaluation.epoch - epoch);
  return evaluations.reduce<PastEvaluation | undefined>(
    (best, next) => (best && distance(best) <= distance(next) ? best : next),
    undefined,
  );
};

export class ShownImage {
  private chosen: number | undefined;
  /** The past evaluation of the present run whose reconstruction is shown; undefined for the last. */
  private past: PastEvaluation | undefined;

  /** Index into the samples; undefined if none is chosen. */
  get index(): number | undefined {
    return this.chosen;
  }

  /**
   * Chooses an image and returns its present view by each contestant; without a run, one view without a model.
   * @param contestants the present run first
   */
  async view(
    index: number,
    images: ImageSet | undefined,
    contestants: readonly PresentRun[],
  ): Promise<readonly SampleView[]> {
    if (!images?.samples[index]) throw noImages();
    this.chosen = index;
    this.past = undefined;
    if (contestants.length === 0) return [sampleView(images, index, undefined, undefined)];
    return Promise.all(
      contestants.map(async ({ run: { evaluator }, trainer }) => {
        evaluator.shown = index;
        if (!evaluator.scored.has(index)) await trainer.show();
        return evaluator.scored.view(index);
      }),
    );
  }

  /**
   * The same at a past evaluation of the present run; undefined, and nothing is chosen, if the worker does not hold it. Each
   * rival is shown at its evaluation of the nearest epoch, because its steps may have other sizes.
   */
  viewPast(
    index: number,
    step: number,
    contestants: readonly PresentRun[],
  ): readonly SampleView[] | undefined {
    const view = contestants[0]?.run.evaluator.scored.viewAt(step, index);
    if (!view?.output) return undefined;
    this.chosen = index;
    this.past = { step, epoch: view.output.epoch };
    for (const { run } of contestants) run.evaluator.shown = index;
    return [view, ...contestants.slice(1).map((rival) => this.viewOf(rival, this.past, index))];
  }

  /**
   * The view of a contestant as it is now; undefined without an image.
   * @param place 0 for the present run
   */
  present(contestant: PresentRun, place: number): SampleView | undefined {
    const { chosen, past } = this;
    if (chosen === undefined) return undefined;
    const { scored } = contestant.run.evaluator;
    if (place > 0) return this.viewOf(contestant, past, chosen);
    return (past && scored.viewAt(past.step, chosen)) ?? scored.view(chosen);
  }

  /** Shows the image in other runs, at their last evaluation. */
  moveTo(contestants: readonly PresentRun[]): void {
    this.past = undefined;
    for (const { run } of contestants) run.evaluator.shown = this.chosen;
  }

  /** Chooses no image. */
  clear(): void {
    this.chosen = undefined;
  }

  private viewOf(rival: PresentRun, past: PastEvaluation | undefined, index: number): SampleView {
    const { scored } = rival.run.evaluator;
    const nearest = past && nearestEvaluation(rival, past.epoch);
    return (nearest && scored.viewAt(nearest.step, index)) ?? scored.view(index);
  }
}

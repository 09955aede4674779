/** The image that the page shows, whatever the runs. */
import type { ImageSet } from '#core/dataset.ts';
import type { PastEvaluation, SampleView } from '#core/history.ts';
import { picturesOfImage, type ShownPlace } from '#core/tiles.ts';
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
  private chosen: ShownPlace | undefined;
  /** The picture of it that the present run shows. */
  private picture: number | undefined;
  /** The past evaluation of the present run whose reconstruction is shown; undefined for the last. */
  private past: PastEvaluation | undefined;

  /** Index among the images; undefined if none is chosen. */
  get index(): number | undefined {
    return this.chosen?.index;
  }

  /**
   * Chooses an image and returns its present view by each contestant; without a run, one view without a model.
   * @param contestants the present run first
   */
  async view(
    place: ShownPlace,
    images: ImageSet | undefined,
    contestants: readonly PresentRun[],
  ): Promise<readonly SampleView[]> {
    const pictures = picturesOfImage(images?.samples ?? [], place.index);
    const first = pictures[place.tile ?? 0];
    if (!images || first === undefined) throw noImages();
    this.chosen = place;
    this.past = undefined;
    const [present] = contestants;
    if (!present) return [sampleView(images, first, () => undefined, undefined)];
    await Promise.all(
      contestants.map(async ({ run: { evaluator }, trainer }) => {
        evaluator.shown = place.index;
        if (!evaluator.scored.has(first)) await trainer.show();
      }),
    );
    const picture = present.run.evaluator.scored.shownPicture(place);
    this.picture = picture;
    return contestants.map(({ run }) => run.evaluator.scored.view(picture));
  }

  /**
   * The same at a past evaluation of the present run; undefined, and nothing is chosen, if the worker does not hold it. Each
   * rival is shown at its evaluation of the nearest epoch, because its steps may have other sizes.
   */
  viewPast(
    place: ShownPlace,
    step: number,
    contestants: readonly PresentRun[],
  ): readonly SampleView[] | undefined {
    const scored = contestants[0]?.run.evaluator.scored;
    const picture = scored?.shownPicture(place);
    const view = picture === undefined ? undefined : scored?.viewAt(step, picture);
    if (picture === undefined || !view?.output) return undefined;
    this.chosen = place;
    this.picture = picture;
    this.past = { step, epoch: view.output.epoch };
    for (const { run } of contestants) run.evaluator.shown = place.index;
    return [view, ...contestants.slice(1).map((rival) => this.viewOf(rival, this.past, picture))];
  }

  /**
   * The view of a contestant as it is now; undefined without an image.
   * @param place 0 for the present run
   */
  present(contestant: PresentRun, place: number): SampleView | undefined {
    const { chosen, past } = this;
    if (chosen === undefined) return undefined;
    const { scored } = contestant.run.evaluator;
    if (place > 0) return this.viewOf(contestant, past, this.picture ?? scored.shownPicture(chosen));
    const picture = scored.shownPicture(chosen);
    this.picture = picture;
    return (past && scored.viewAt(past.step, picture)) ?? scored.view(picture);
  }

  /** Shows the image in other runs, at their last evaluation. */
  moveTo(contestants: readonly PresentRun[]): void {
    this.past = undefined;
    this.picture = undefined;
    for (const { run } of contestants) run.evaluator.shown = this.index;
  }

  /** Chooses no image. */
  clear(): void {
    this.chosen = undefined;
    this.picture = undefined;
  }

  private viewOf(rival: PresentRun, past: PastEvaluation | undefined, picture: number): SampleView {
    const { scored } = rival.run.evaluator;
    const nearest = past && nearestEvaluation(rival, past.epoch);
    return (nearest && scored.viewAt(nearest.step, picture)) ?? scored.view(picture);
  }
}

/** The image that the page shows, whatever the run. */
import type { ImageSet } from '#core/dataset.ts';
import type { SampleView } from '#core/history.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import { sampleView } from '#training/sample-view.ts';
import type { PresentRun } from './run-requests.ts';
import { noImages } from './session-errors.ts';

export class ShownImage {
  private chosen: number | undefined;
  /** The past evaluation whose reconstruction is shown; undefined for the last. */
  private pastStep: number | undefined;

  /** Index into the samples; undefined if none is chosen. */
  get index(): number | undefined {
    return this.chosen;
  }

  /** Chooses an image and returns its present view. */
  async view(
    index: number,
    images: ImageSet | undefined,
    present: PresentRun | undefined,
  ): Promise<SampleView> {
    if (!images?.samples[index]) throw noImages();
    this.chosen = index;
    this.pastStep = undefined;
    if (!present) return sampleView(images, index, undefined, undefined);
    const { scored } = present.run.evaluator;
    present.run.evaluator.shown = index;
    if (!scored.has(index)) await present.trainer.show();
    return scored.view(index);
  }

  /** The same at a past evaluation; undefined, and nothing is chosen, if the worker does not hold it. */
  viewPast(index: number, step: number, present: PresentRun | undefined): SampleView | undefined {
    const evaluator = present?.run.evaluator;
    const view = evaluator?.scored.viewAt(step, index);
    if (!evaluator || !view) return undefined;
    this.chosen = index;
    this.pastStep = step;
    evaluator.shown = index;
    return view;
  }

  /** The view as it is now; undefined without an image or a run. */
  present(run: AutoencoderRun | undefined): SampleView | undefined {
    const { chosen, pastStep } = this;
    if (!run || chosen === undefined) return undefined;
    const { scored } = run.evaluator;
    return (pastStep === undefined ? undefined : scored.viewAt(pastStep, chosen)) ?? scored.view(chosen);
  }

  /** Shows the image in another run, at its last evaluation. */
  moveTo(run: AutoencoderRun): void {
    this.pastStep = undefined;
    run.evaluator.shown = this.chosen;
  }

  /** Chooses no image. */
  clear(): void {
    this.chosen = undefined;
  }
}

/** What the training worker does for each request: one image set, one run under one trainer. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import { type HoldOut, holdOutKey, trainingSplit } from '#core/training-split.ts';
import { openDevice } from '#engine/device.ts';
import { watchDevice } from '#engine/webgpu/open-webgpu.ts';
import { releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { parseRun } from '#io/parse-run.ts';
import type { SavedRun } from '#io/run-files.ts';
import { AutoencoderRun, requireTrainingImages } from '#training/autoencoder-run.ts';
import { meanSpectrumInTurns } from '#training/mean-spectrum.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import { planRun, type RunPlan } from '#training/run-plan.ts';
import { WorkPace } from '#training/work-pace.ts';
import type { InTurns } from '#training/yield-point.ts';
import type { ExportedRun, ImportedRun, MeanSpectrum, RunEstimate, RunSummary } from './protocol.ts';
import { GuestModels } from './retained-models.ts';
import { evaluateSaved, Imports } from './run-import.ts';
import { noDevice, noImages, noRun, otherSide } from './session-errors.ts';
import { type RunListener, SessionRun } from './session-run.ts';

const countImages = ({ samples }: ImageSet, holdOut: HoldOut): ImageCounts => ({
  train: trainingSplit(samples, holdOut).trained.length,
  test: samples.filter(({ split }) => split === 'test').length,
});

const atSide = (images: ImageSet | undefined, side: number): ImageSet => {
  if (!images) throw noImages();
  if (images.side !== side) throw otherSide(images.side, side);
  return images;
};

/** The state of one training worker. */
export class TrainingSession {
  private images: ImageSet | undefined;
  private present: SessionRun | undefined;
  /** The image that is shown, whatever the run. */
  private shown: number | undefined;
  private device: DeviceReport | undefined;
  private watched = false;
  private pace = new WorkPace();
  private readonly guests = new GuestModels();
  private readonly imports = new Imports();
  private spectrum: { readonly holdOut: string; readonly magnitude: Float32Array } | undefined;

  constructor(private readonly listener: RunListener) {}

  /** Starts a device; where there was one before, its run goes first. */
  async openDevice(choice: DeviceChoice): Promise<DeviceReport> {
    await this.leaveRun();
    this.guests.dispose();
    const device = await openDevice(choice);
    if (device.backend === 'webgpu' && !this.watched) {
      this.watched = true;
      watchDevice((error) => this.listener.failure(error));
    }
    if (device.backend !== this.device?.backend) this.pace = new WorkPace();
    this.device = device;
    return device;
  }

  /** What a run would take; its time is known once the device's pace is, which is measured while nothing trains. */
  async estimate(config: RunConfig): Promise<RunEstimate> {
    return this.estimateOf(this.planOf(config, this.images));
  }

  /** The same for images that are not loaded. */
  async estimateFor(config: RunConfig, counts: ImageCounts): Promise<RunEstimate> {
    if (!this.device) throw noDevice();
    return this.estimateOf(planRun(config, counts, this.device));
  }

  private async estimateOf({
    batch,
    microBatch,
    memoryBytes,
    operationsPerEpoch,
  }: RunPlan): Promise<RunEstimate> {
    const { pace } = this;
    if (this.present?.trainer.status.phase !== 'running') await pace.probe();
    const epochMs = pace.millisecondsFor(operationsPerEpoch);
    return { batch, microBatch, memoryBytes, epochMs, paceSource: pace.source };
  }

  /** Takes the images and drops the run, whose batches are gone with the images before. */
  async loadImages(images: ImageSet): Promise<undefined> {
    await this.leaveRun();
    this.takeImages(images);
    this.shown = undefined;
    return undefined;
  }

  /** The mean spectrum of the images that are trained on, computed when it is first asked for. */
  async meanSpectrum(settings: HoldOut, turns: InTurns): Promise<MeanSpectrum> {
    const { images } = this;
    if (!images) throw noImages();
    const { trained } = trainingSplit(images.samples, settings);
    requireTrainingImages(images, trained.length);
    const holdOut = holdOutKey(settings);
    const known = this.spectrum?.holdOut === holdOut ? this.spectrum.magnitude : undefined;
    const magnitude = known ?? (await meanSpectrumInTurns(images, trained, turns));
    if (images === this.images) this.spectrum = { holdOut, magnitude };
    return { side: images.side, magnitude };
  }

  /** Builds a run from config and seed; drops the run before. */
  async configure(config: RunConfig): Promise<RunSummary> {
    const images = atSide(this.images, config.side);
    const plan = this.planOf(config, images);
    await this.leaveRun();
    const run = new AutoencoderRun(images, config, plan.microBatch);
    const { status, summary } = this.takeRun(run, images, config, plan);
    this.listener.status(status);
    return summary;
  }

  /**
   * The run that there is.
   * @throws ResiduaError `no-run`
   */
  get run(): SessionRun {
    if (!this.present) throw noRun();
    return this.present;
  }

  start(): undefined {
    this.run.trainer.start();
    return undefined;
  }

  async pause(): Promise<undefined> {
    await this.run.trainer.pause();
    return undefined;
  }

  async step(): Promise<undefined> {
    await this.run.trainer.stepOnce();
    this.present?.showAgain();
    return undefined;
  }

  async stop(): Promise<undefined> {
    await this.run.trainer.stop();
    return undefined;
  }

  /** Back to the initial weights of the same seed. */
  async reset(): Promise<undefined> {
    await this.configure(this.run.trainer.presentConfig);
    this.run.showAgain();
    return undefined;
  }

  async reevaluate(settings: EvaluationSettings, { mayGoOn }: InTurns): Promise<undefined> {
    await this.run.trainer.reevaluate(settings, mayGoOn);
    return undefined;
  }

  /** Chooses the image that is shown and returns what is known of it now. */
  async view(index: number): Promise<SampleView> {
    const { images, present } = this;
    if (!images?.samples[index]) throw noImages();
    this.shown = index;
    return present ? present.view(index) : AutoencoderRun.inputView(images, index);
  }

  /** The same as of an evaluation that is kept; undefined, and nothing is chosen, where it is not. */
  viewPast(index: number, step: number): SampleView | undefined {
    const view = this.present?.viewPast(index, step);
    if (view) this.shown = index;
    return view;
  }

  /**
   * One image through another run's weights; undefined where they are not here and did not come along.
   * @throws ResiduaError `import-invalid` where the files are no run, `config-invalid` where its side is not the images'
   */
  async viewWith(
    key: string,
    files: ExportedRun | undefined,
    index: number,
  ): Promise<SampleView | undefined> {
    if (!this.device) throw noDevice();
    if (files) this.guests.add(key, parseRun(files));
    const config = this.guests.configOf(key);
    if (!config) return undefined;
    const images = atSide(this.images, config.side);
    if (!images.samples[index]) throw noImages();
    return this.guests.view(key, images, index);
  }

  /**
   * Takes a run from files and evaluates it on the loaded images, or on those that come along and take their place. The run
   * before rests meanwhile.
   * @throws ResiduaError `import-invalid` where the files are no run; `cancelled`. Whatever it throws, all is as it was
   *   before.
   */
  importRun(files: ExportedRun, images: ImageSet | undefined, turns: InTurns): Promise<ImportedRun> {
    return this.imports.perform(async (signal) => {
      const before = this.present?.trainer;
      const wasRunning = before?.status.phase === 'running';
      const mayGoOn = (share: number): boolean => turns.mayGoOn(share) && !signal.aborted;
      try {
        const saved = parseRun(files);
        await before?.pause();
        this.freeMemory();
        return await this.adopt(saved, images ?? this.images, { ...turns, mayGoOn });
      } catch (thrown) {
        this.freeMemory();
        if (wasRunning && !before?.hasEnded) before?.start();
        throw thrown;
      }
    });
  }

  private async adopt(
    saved: SavedRun,
    mayHaveImages: ImageSet | undefined,
    turns: InTurns,
  ): Promise<ImportedRun> {
    const { config, history, categoryName } = saved;
    const images = atSide(mayHaveImages, config.side);
    const plan = this.planOf(config, images);
    const { run, evaluation } = await evaluateSaved(saved, images, plan.microBatch, this.shown, turns);
    await this.dropRun();
    if (images !== this.images) this.takeImages(images);
    const present = this.takeRun(run, images, config, plan);
    present.trainedElsewhere = true;
    present.trainer.adopt(history, evaluation);
    const { summary, status, kept } = present;
    return { config, history: present.trainer.history, summary, categoryName, status, kept };
  }

  /** Makes a run the present one. */
  private takeRun(run: AutoencoderRun, images: ImageSet, config: RunConfig, plan: RunPlan): SessionRun {
    run.shown = this.shown;
    this.present = new SessionRun(run, images, config, plan, this.listener, this.pace);
    return this.present;
  }

  private takeImages(images: ImageSet): void {
    this.images = images;
    this.spectrum = undefined;
  }

  /** @throws ResiduaError where there are no images, no device, or not enough of it */
  private planOf(config: RunConfig, images: ImageSet | undefined): RunPlan {
    if (!images) throw noImages();
    if (!this.device) throw noDevice();
    const counts = countImages(images, config);
    requireTrainingImages(images, counts.train);
    return planRun(config, counts, this.device);
  }

  /** Drops the run, and calls off the import that would take its place. */
  private async leaveRun(): Promise<void> {
    await this.imports.callOff();
    await this.dropRun();
  }

  private async dropRun(): Promise<void> {
    await this.present?.dispose();
    this.present = undefined;
    this.freeMemory();
  }

  private freeMemory(): void {
    if (this.device) releaseFreeBuffers();
  }
}

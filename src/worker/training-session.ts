/** What the training worker does for each request: one image set, one run under one trainer. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { ResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { gpuBytes, openDevice, watchDevice } from '#gpu/device.ts';
import { exportRun } from '#io/export-run.ts';
import { parseRun } from '#io/parse-run.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { Trainer, type TrainerListener } from '#training/trainer.ts';
import type { EvaluationSettings } from '#training/training-run.ts';
import type { DeviceReport, ExportedRun, ImportedRun, RunStatus, RunSummary } from './protocol.ts';

/** What a session tells without being asked. */
export interface SessionListener extends Omit<TrainerListener, 'status'> {
  status(status: RunStatus): void;
  view(view: SampleView): void;
}

const noImages = (): ResiduaError =>
  new ResiduaError('no-run', 'No images are loaded.', 'Open a category folder or the sample first.');

const noRun = (): ResiduaError =>
  new ResiduaError('no-run', 'There is no run yet.', 'Train or import a model first.');

/** The state of one training worker. */
export class TrainingSession {
  private images: ImageSet | undefined;
  private run: AutoencoderRun | undefined;
  private trainer: Trainer | undefined;
  private config: RunConfig | undefined;
  private shown: number | undefined;
  private maxBindingBytes = Number.POSITIVE_INFINITY;

  constructor(private readonly listener: SessionListener) {}

  /** Starts the device of this worker. */
  async initialise(): Promise<DeviceReport> {
    const device = await openDevice();
    this.maxBindingBytes = device.maxBindingBytes;
    watchDevice((error) => this.listener.failure(error));
    return device;
  }

  /** Takes the images and drops the run, whose batches are gone with the images before. */
  async loadImages(images: ImageSet): Promise<undefined> {
    await this.dropRun();
    this.images = images;
    this.shown = undefined;
    return undefined;
  }

  /** Builds a run from config and seed; drops the run before. */
  async configure(config: RunConfig): Promise<RunSummary> {
    const images = this.imagesAt(config.side);
    await this.dropRun();
    this.config = config;
    this.run = new AutoencoderRun(images, config, this.maxBindingBytes);
    this.run.shown = this.shown;
    this.trainer = this.trainerOf(this.run, config);
    this.listener.status(this.statusOf(this.trainer));
    return this.run.summary;
  }

  start(): undefined {
    this.needTrainer().start();
    return undefined;
  }

  async pause(): Promise<undefined> {
    await this.needTrainer().pause();
    return undefined;
  }

  async step(): Promise<undefined> {
    await this.needTrainer().stepOnce();
    this.showAgain();
    return undefined;
  }

  async stop(): Promise<undefined> {
    await this.needTrainer().stop();
    return undefined;
  }

  /** Back to the initial weights of the same seed. */
  async reset(): Promise<undefined> {
    if (!this.config) throw noRun();
    await this.configure(this.config);
    this.showAgain();
    return undefined;
  }

  async reevaluate(settings: EvaluationSettings): Promise<undefined> {
    await this.needTrainer().reevaluate(settings);
    if (this.config) this.config = { ...this.config, ...settings };
    return undefined;
  }

  /** Chooses the image that is shown and returns what is known of it now. */
  async view(index: number): Promise<SampleView> {
    const { images, run, trainer } = this;
    if (!images?.samples[index]) throw noImages();
    this.shown = index;
    if (!run || !trainer) return AutoencoderRun.inputView(images, index);
    run.shown = index;
    if (!run.hasReconstruction(index)) await trainer.show();
    return run.view(index);
  }

  /** The run as files. Pauses training, and goes on afterwards. */
  async exportRun(): Promise<ExportedRun> {
    const { run, trainer, config, images } = this;
    if (!run || !trainer || !config || !images || trainer.status.step === 0) throw noRun();
    const wasRunning = trainer.status.phase === 'running';
    await trainer.pause();
    const exported = exportRun({
      config,
      categoryName: images.name,
      history: { steps: trainer.steps, evaluations: trainer.evaluations },
      weights: await run.readWeights(),
    });
    if (wasRunning) trainer.start();
    return exported;
  }

  /**
   * Takes a run from files and evaluates it on the loaded images.
   * @throws ResiduaError `import-invalid` where the files are no run; the run before stays in that case
   */
  async importRun(files: ExportedRun): Promise<ImportedRun> {
    const imported = parseRun(files);
    const images = this.imagesAt(imported.config.side);
    await this.dropRun();
    this.config = imported.config;
    this.run = new AutoencoderRun(images, imported.config, this.maxBindingBytes);
    this.run.shown = this.shown;
    this.run.setWeights(imported.weights, imported.history.steps.at(-1)?.step ?? 0);
    this.trainer = this.trainerOf(this.run, imported.config);
    await this.trainer.adopt(imported.history);
    return {
      config: imported.config,
      history: { steps: this.trainer.steps, evaluations: this.trainer.evaluations },
      summary: this.run.summary,
      categoryName: imported.categoryName,
    };
  }

  private trainerOf(run: AutoencoderRun, config: RunConfig): Trainer {
    const { listener } = this;
    const trainer: Trainer = new Trainer(run, config, {
      status: () => listener.status(this.statusOf(trainer)),
      steps: (records) => listener.steps(records),
      evaluation: (evaluation) => {
        listener.evaluation(evaluation);
        this.showAgain();
      },
      failure: (error) => listener.failure(error),
    });
    return trainer;
  }

  private statusOf(trainer: Trainer): RunStatus {
    return { ...trainer.status, gpuBytes: gpuBytes() };
  }

  private showAgain(): void {
    if (this.run && this.shown !== undefined) this.listener.view(this.run.view(this.shown));
  }

  private imagesAt(side: number): ImageSet {
    if (!this.images) throw noImages();
    if (this.images.side !== side) {
      throw new ResiduaError(
        'config-invalid',
        `The images are loaded at side ${this.images.side}, but the run has side ${side}.`,
        `Load the images at side ${side} first.`,
      );
    }
    return this.images;
  }

  private needTrainer(): Trainer {
    if (!this.trainer) throw noRun();
    return this.trainer;
  }

  private async dropRun(): Promise<void> {
    await this.trainer?.pause();
    this.run?.dispose();
    this.run = undefined;
    this.trainer = undefined;
  }
}

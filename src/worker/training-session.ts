/** What the training worker does for each request: one image set, one run under one trainer. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { KeptEvaluation, SampleView } from '#core/history.ts';
import type { LowCutPoint } from '#core/scores/low-cut-curve.ts';
import { openDevice, watchDevice } from '#gpu/device.ts';
import { heldBytes, releaseFreeBuffers } from '#gpu/submission.ts';
import { exportRun } from '#io/export-run.ts';
import { parseRun } from '#io/parse-run.ts';
import type { SavedRun } from '#io/run-files.ts';
import { AutoencoderRun, requireTrainingImages } from '#training/autoencoder-run.ts';
import { meanSpectrum } from '#training/mean-spectrum.ts';
import { type ImageCounts, planRun, type RunPlan } from '#training/run-plan.ts';
import { Trainer } from '#training/trainer.ts';
import type { TrainerListener } from '#training/trainer-status.ts';
import { WorkPace } from '#training/work-pace.ts';
import { GoodTrainingRequest } from './good-training-request.ts';
import { GuestModels } from './guest-models.ts';
import type {
  ExportedRun,
  GoodTrainingScores,
  ImportedRun,
  MeanSpectrum,
  RunEstimate,
  RunStatus,
  RunSummary,
  ScoredMaps,
} from './protocol.ts';
import { noDevice, noImages, noRun } from './session-errors.ts';

/** What a session tells without being asked. */
export interface SessionListener extends Omit<TrainerListener, 'status'> {
  status(status: RunStatus): void;
  view(view: SampleView): void;
  kept(evaluations: readonly KeptEvaluation[]): void;
  goodTrainingProgress(share: number): void;
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

const countImages = ({ samples }: ImageSet): ImageCounts => {
  const train = samples.filter(({ split }) => split === 'train').length;
  return { train, test: samples.length - train };
};

const summaryOf = ({ summary }: AutoencoderRun, { microBatch }: RunPlan): RunSummary => ({
  ...summary,
  microBatch,
});

/** The state of one training worker. */
export class TrainingSession {
  private images: ImageSet | undefined;
  private run: AutoencoderRun | undefined;
  private trainer: Trainer | undefined;
  private config: RunConfig | undefined;
  private shown: number | undefined;
  /** The evaluation as of which it is shown; undefined for the last. */
  private shownStep: number | undefined;
  private device: DeviceReport | undefined;
  private watched = false;
  private pace = new WorkPace();
  private readonly guests = new GuestModels();
  private spectrum: Float32Array | undefined;
  private readonly goodTraining = new GoodTrainingRequest();

  constructor(private readonly listener: SessionListener) {}

  /** Starts a device; where there was one before, its run goes first. */
  async openDevice(choice: DeviceChoice): Promise<DeviceReport> {
    await this.dropRun();
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
    const { batch, microBatch, memoryBytes, operationsPerEpoch } = this.planOf(config);
    if (this.trainer?.status.phase !== 'running') await this.pace.probe();
    return { batch, microBatch, memoryBytes, epochMs: this.pace.millisecondsFor(operationsPerEpoch) };
  }

  /** Takes the images and drops the run, whose batches are gone with the images before. */
  async loadImages(images: ImageSet): Promise<undefined> {
    await this.dropRun();
    this.images = images;
    this.shown = undefined;
    this.spectrum = undefined;
    return undefined;
  }

  /** The mean spectrum of the training images, computed when it is first asked for. */
  meanSpectrum(): MeanSpectrum {
    const { images } = this;
    if (!images) throw noImages();
    requireTrainingImages(images, countImages(images).train);
    this.spectrum ??= meanSpectrum(images);
    return { side: images.side, magnitude: this.spectrum };
  }

  /** Builds a run from config and seed; drops the run before. */
  async configure(config: RunConfig): Promise<RunSummary> {
    const images = this.imagesAt(config.side);
    const plan = this.planOf(config);
    await this.dropRun();
    const { run, trainer } = this.build(images, config, plan);
    this.listener.status(this.statusOf(trainer));
    return summaryOf(run, plan);
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
    this.shownStep = undefined;
    if (!run || !trainer) return AutoencoderRun.inputView(images, index);
    run.shown = index;
    if (!run.scored.has(index)) await trainer.show();
    return run.scored.view(index);
  }

  /** The same as of an evaluation that is kept; undefined, and nothing is chosen, where it is not. */
  viewPast(index: number, step: number): SampleView | undefined {
    const view = this.run?.scored.viewAt(step, index);
    if (!this.run || !view) return undefined;
    this.shown = index;
    this.run.shown = index;
    this.shownStep = step;
    return view;
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet */
  async lowCutCurve(cutoffs: readonly number[]): Promise<readonly LowCutPoint[]> {
    const points = await this.run?.scored.lowCutCurve(cutoffs);
    if (!points) throw noRun();
    return points;
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet */
  scoredMaps(): ScoredMaps {
    const images = this.run?.scored.maps();
    if (!images || !this.images) throw noRun();
    return { side: this.images.side, images };
  }

  /** @throws ResiduaError `no-run` where nothing is evaluated yet */
  async goodTrainingScores(): Promise<GoodTrainingScores | undefined> {
    const { run, trainer, listener } = this;
    if (!run || !trainer) throw noRun();
    return this.goodTraining.scores(run, trainer, (share) => listener.goodTrainingProgress(share));
  }

  stopGoodTrainingScores(): undefined {
    this.goodTraining.stop();
    return undefined;
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
    const images = this.imagesAt(config.side);
    if (!images.samples[index]) throw noImages();
    // A pipeline that is being built ahead cannot be used yet, and both models share theirs.
    while (this.trainer?.status.activity === 'compiling') await soon();
    return this.guests.view(key, images, index);
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
      history: trainer.history,
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
    const plan = this.planOf(imported.config);
    await this.dropRun();
    const { run, trainer } = this.build(images, imported.config, plan, imported);
    await trainer.adopt(imported.history);
    return {
      config: imported.config,
      history: trainer.history,
      summary: summaryOf(run, plan),
      categoryName: imported.categoryName,
    };
  }

  /** Makes run and trainer, with the weights of a saved run where there is one. */
  private build(
    images: ImageSet,
    config: RunConfig,
    plan: RunPlan,
    saved?: SavedRun,
  ): { run: AutoencoderRun; trainer: Trainer } {
    const run = new AutoencoderRun(images, config, plan.microBatch);
    run.shown = this.shown;
    if (saved) run.setWeights(saved.weights, saved.history.steps.at(-1)?.step ?? 0);
    const trainer = this.trainerOf(run, config, plan);
    this.config = config;
    this.run = run;
    this.trainer = trainer;
    return { run, trainer };
  }

  /** @throws ResiduaError where there are no images, no device, or not enough of it */
  private planOf(config: RunConfig): RunPlan {
    const { images, device } = this;
    if (!images) throw noImages();
    if (!device) throw noDevice();
    const counts = countImages(images);
    requireTrainingImages(images, counts.train);
    return planRun(config, counts, device);
  }

  private trainerOf(run: AutoencoderRun, config: RunConfig, { operationsPerEpoch }: RunPlan): Trainer {
    const { listener, pace } = this;
    const operationsPerImage = operationsPerEpoch / run.trainingImages;
    const trainer: Trainer = new Trainer(run, config, {
      status: () => {
        const status = this.statusOf(trainer);
        pace.learn(status.imagesPerSecond, operationsPerImage);
        listener.status(status);
        const idle = status.phase === 'paused' || status.phase === 'finished';
        if (idle && status.activity === undefined) void run.scored.scoreAhead();
      },
      steps: (records) => listener.steps(records),
      evaluation: (evaluation) => {
        listener.evaluation(evaluation);
        listener.kept(run.scored.past.evaluations);
        this.showAgain();
      },
      spectrum: (record) => listener.spectrum(record),
      failure: (error) => listener.failure(error),
    });
    return trainer;
  }

  private statusOf(trainer: Trainer): RunStatus {
    return { ...trainer.status, deviceBytes: heldBytes() };
  }

  private showAgain(): void {
    const { run, shown, shownStep } = this;
    if (!run || shown === undefined) return;
    const past = shownStep === undefined ? undefined : run.scored.viewAt(shownStep, shown);
    this.listener.view(past ?? run.scored.view(shown));
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
    if (this.run) this.listener.kept([]);
    this.run?.dispose();
    this.run = undefined;
    this.shownStep = undefined;
    this.trainer = undefined;
    if (this.device) releaseFreeBuffers();
  }
}

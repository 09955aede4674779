/** The state of a training worker: one device, one image set, one run under one trainer. */
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { EvaluationSettings } from '#core/evaluation-settings.ts';
import type { Evaluation, SampleView } from '#core/history.ts';
import type { ChangeableValues, RunChange } from '#core/run-change.ts';
import type { Emit } from '#core/training-events.ts';
import type { HoldOut } from '#core/training-split.ts';
import { parseRun } from '#io/parse-run.ts';
import type { SavedRun } from '#io/run-files.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { CachedMeanSpectrum } from '#training/mean-spectrum.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import type { RunPlan } from '#training/run-plan.ts';
import { viewBuffers } from '#training/sample-view.ts';
import { Trainer } from '#training/trainer.ts';
import { type WorkOptions, withSignal } from '#training/yield-point.ts';
import type {
  ExportedRun,
  ImportedRun,
  MeanSpectrum,
  OpenedRun,
  RunEstimate,
  RunSummary,
} from './protocol.ts';
import { RetainedModels } from './retained-models.ts';
import { evaluateSaved, Imports } from './run-import.ts';
import type { PresentRun } from './run-requests.ts';
import { noImages, noRun, notContinuable, notOpened, requireSide } from './session-errors.ts';
import { ShownImage } from './shown-image.ts';
import { TrainingDevice } from './training-device.ts';

export class TrainingSession {
  private readonly device = new TrainingDevice((error) => this.emit('failure', error.toPlain()));
  private images: ImageSet | undefined;
  private present: PresentRun | undefined;
  private readonly shown = new ShownImage();
  private readonly retained = new RetainedModels();
  private readonly imports = new Imports();
  /** Parsed files of the next import. */
  private opened: SavedRun | undefined;
  private readonly spectrum = new CachedMeanSpectrum();

  constructor(private readonly emit: Emit) {}

  /**
   * The present run.
   * @throws ResiduaError `no-run`
   */
  get run(): PresentRun {
    if (!this.present) throw noRun();
    return this.present;
  }

  /** Opens a device; drops the run on the previous device. */
  async openDevice(choice: DeviceChoice): Promise<DeviceReport> {
    await this.leaveRun();
    this.retained.dispose();
    return this.device.open(choice);
  }

  /** The resources that a run needs; the device's pace is measured once, while nothing trains. */
  async estimate(config: RunConfig): Promise<RunEstimate> {
    return this.device.estimate(this.planOf(config, this.images), this.isTraining);
  }

  /** The same for images that are not loaded. */
  async estimateFor(config: RunConfig, counts: ImageCounts): Promise<RunEstimate> {
    return this.device.estimate(this.device.plan(config, counts), this.isTraining);
  }

  /** Takes over the images; drops the run, whose images are gone. */
  async loadImages(images: ImageSet): Promise<undefined> {
    await this.leaveRun();
    this.images = images;
    this.shown.clear();
    return undefined;
  }

  /** The mean spectrum of the images that a run trains on, cached. */
  async meanSpectrum(settings: HoldOut, options: WorkOptions): Promise<MeanSpectrum> {
    const { images } = this;
    if (!images) throw noImages();
    return { side: images.side, magnitude: await this.spectrum.of(images, settings, options) };
  }

  /** Builds a run from config and seed; drops the previous run. */
  async configure(config: RunConfig): Promise<RunSummary> {
    const images = requireSide(this.images, config.side);
    const plan = this.planOf(config, images);
    await this.leaveRun();
    const run = new AutoencoderRun(images, config, plan.microBatch);
    const { trainer, summary } = this.takeRun(run, images, config, plan);
    this.emit('status', trainer.status);
    return summary;
  }

  /** Rebuilds the run with the initial weights of its seed. */
  async reset(): Promise<void> {
    await this.configure(this.run.trainer.presentConfig);
    this.showAgain();
  }

  /**
   * Trains the finished run on.
   * @throws ResiduaError `no-run` for a run from files
   */
  trainOn(): void {
    const { trainer, imported } = this.run;
    if (imported) throw notContinuable();
    trainer.trainOn();
  }

  /**
   * Changes settings of the run between two steps.
   * @throws ResiduaError `config-invalid` for values that the run cannot have, `no-run` for a run from files; any error of
   *   `planRun`. Then nothing has changed.
   */
  async changeRun(values: ChangeableValues): Promise<readonly RunChange[]> {
    const { trainer, images, summary, imported } = this.run;
    if (imported) throw notContinuable();
    const config = parseRunConfig({ ...trainer.presentConfig, ...values });
    this.planOf({ ...config, microBatch: summary.microBatch }, images);
    return trainer.change(values);
  }

  /** Takes one optimizer step and shows the image again. */
  async step(): Promise<void> {
    await this.run.trainer.stepOnce();
    this.showAgain();
  }

  /** Chooses the shown image and returns its present view. */
  view(index: number): Promise<SampleView> {
    return this.shown.view(index, this.images, this.present);
  }

  /** The same at a past evaluation; undefined, and nothing is chosen, if the worker does not hold it. */
  viewPast(index: number, step: number): SampleView | undefined {
    return this.shown.viewPast(index, step, this.present);
  }

  /**
   * One image through a retained run; undefined if that run is not loaded and no files are given.
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images'
   */
  async viewWith(
    key: string,
    files: ExportedRun | undefined,
    index: number,
  ): Promise<SampleView | undefined> {
    this.device.requireOpen();
    return this.retained.view(key, files, this.images, index);
  }

  /**
   * Parses a run for `importRun`.
   * @throws ResiduaError `import-invalid` if the files are no run
   */
  openRun(files: ExportedRun): OpenedRun {
    this.opened = undefined;
    this.opened = parseRun(files);
    return { side: this.opened.config.side };
  }

  /**
   * Adopts the opened run and evaluates it on the loaded images, or on `images` if given. The present run pauses
   * in the meantime.
   * @throws ResiduaError `no-run` if none is open; `cancelled`. After any error the session is as it was before.
   */
  importRun(images: ImageSet | undefined, options: WorkOptions): Promise<ImportedRun> {
    const saved = this.opened;
    this.opened = undefined;
    return this.besidePresent(options, (either) => {
      if (!saved) throw notOpened();
      return this.adopt(saved, images ?? this.images, either);
    });
  }

  /**
   * Evaluates the test split with the weights of a run from files. The present run stays and pauses in the meantime.
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images';
   *   `cancelled`
   */
  evaluateWith(files: ExportedRun, settings: EvaluationSettings, options: WorkOptions): Promise<Evaluation> {
    return this.besidePresent(options, async (either) => {
      const saved = parseRun(files);
      const images = requireSide(this.images, saved.config.side);
      const { microBatch } = this.planOf(saved.config, images);
      const { run, evaluation } = await evaluateSaved(saved, images, microBatch, undefined, either, settings);
      run.dispose();
      return evaluation;
    });
  }

  /** Performs work that needs the device's memory while the present run, if it survives the work, pauses. */
  private besidePresent<T>(options: WorkOptions, work: (options: WorkOptions) => Promise<T>): Promise<T> {
    return this.imports.perform(async (signal) => {
      const wasTraining = this.isTraining;
      const trainer = this.present?.trainer;
      try {
        await trainer?.pause();
        this.device.releaseMemory();
        return await work(withSignal(options, signal));
      } finally {
        // An import has replaced the run, which has its own memory.
        if (this.present?.trainer === trainer) {
          this.device.releaseMemory();
          if (wasTraining && !trainer?.endSignal.aborted) trainer?.start();
        }
      }
    });
  }

  private async adopt(
    saved: SavedRun,
    mayHaveImages: ImageSet | undefined,
    options: WorkOptions,
  ): Promise<ImportedRun> {
    const { config, categoryName } = saved;
    const images = requireSide(mayHaveImages, config.side);
    const plan = this.planOf(config, images);
    const { run, evaluation } = await evaluateSaved(
      saved,
      images,
      plan.microBatch,
      this.shown.index,
      options,
    );
    await this.dropRun();
    this.images = images;
    const { trainer, summary } = this.takeRun(run, images, config, plan, true);
    trainer.adopt(saved.history, evaluation);
    const { steps, evaluations, spectra, changes } = trainer.history;
    const kept = run.evaluator.scored.past.evaluations;
    return {
      config,
      history: { steps, evaluations, spectra, changes },
      summary,
      categoryName,
      status: trainer.status,
      kept,
    };
  }

  private get isTraining(): boolean {
    return this.present?.trainer.status.phase === 'running';
  }

  private takeRun(
    run: AutoencoderRun,
    images: ImageSet,
    config: RunConfig,
    { microBatch, operationsPerEpoch }: RunPlan,
    imported = false,
  ): PresentRun {
    const trainer = new Trainer(run, config, {
      emit: this.emit,
      onStatus: ({ phase, activity, imagesPerSecond }) => {
        this.device.pace.learn(imagesPerSecond, operationsPerEpoch / run.trainingImages);
        const isAtRest = (phase === 'paused' || phase === 'finished') && activity === undefined;
        if (isAtRest) void run.evaluator.scored.scoreAhead();
      },
      onEvaluation: () => {
        this.emit('kept', run.evaluator.scored.past.evaluations);
        this.showAgain();
      },
    });
    this.shown.moveTo(run);
    this.present = { run, trainer, images, summary: { ...run.summary, microBatch }, imported };
    return this.present;
  }

  /** Emits the shown image as it is now. */
  private showAgain(): void {
    const view = this.shown.present(this.present?.run);
    if (view) this.emit('view', view, viewBuffers(view));
  }

  /** @throws ResiduaError if there are no images or no device, or the run does not fit it */
  private planOf(config: RunConfig, images: ImageSet | undefined): RunPlan {
    if (!images) throw noImages();
    return this.device.planFor(config, images);
  }

  /** Drops the run, and cancels the import that would replace it. */
  private async leaveRun(): Promise<void> {
    this.opened = undefined;
    await this.imports.cancel();
    await this.dropRun();
  }

  private async dropRun(): Promise<void> {
    if (this.present) {
      const { run, trainer } = this.present;
      await trainer.end();
      this.emit('kept', []);
      run.dispose();
      this.present = undefined;
    }
    this.device.releaseMemory();
  }
}

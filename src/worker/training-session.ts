/** The state of a training worker: one device, one image set, and the runs that train on them in turns. */
import { type Checkpoint, type CheckpointInfo, checkpointInfo } from '#core/checkpoint/checkpoint.ts';
import { readCheckpoint } from '#core/checkpoint/checkpoint-file.ts';
import { parseRunConfig, type RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, SampleView } from '#core/history.ts';
import { sharedChange } from '#core/race.ts';
import type { ChangeableValues, RunChange } from '#core/run-change.ts';
import type { RunInOneFile } from '#core/run-in-one-file.ts';
import type { RetainedReconstructions } from '#core/spectrum/test-spectra.ts';
import type { ShownPlace } from '#core/tiles.ts';
import type { Emit, TrainingEvents } from '#core/training-events.ts';
import type { HoldOut } from '#core/training-split.ts';
import { type OpenedFiles, openFile } from '#io/open-file.ts';
import { parseRun } from '#io/parse-run.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { CachedMeanSpectrum } from '#training/mean-spectrum.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import type { RunPlan } from '#training/run-plan.ts';
import { partOf, type WorkOptions, withSignal } from '#training/yield-point.ts';
import { Contestants } from './contestants.ts';
import { DeviceWork } from './device-work.ts';
import { imagesForAnother } from './image-buffers.ts';
import type {
  CheckpointFile,
  ExportedRun,
  ImportedRun,
  MeanSpectrum,
  OpenedRun,
  ResumedRun,
  RunEstimate,
  RunSummary,
  TimedPresets,
  TrainingRequests,
} from './protocol.ts';
import { RetainedModels } from './retained-models.ts';
import { checkpointOf } from './run-checkpoint.ts';
import { adoptPast, evaluateSaved, Imports, importedRun } from './run-import.ts';
import type { PresentRun } from './run-requests.ts';
import { adoptRebuilt, rebuildRuns, withAtMost } from './run-resume.ts';
import { noCheckpointOpen, noImages, notContinuable, notOpened, requireFraming } from './session-errors.ts';
import { TrainingDevice } from './training-device.ts';

const openedFiles = (files: ExportedRun): OpenedFiles => ({ saved: parseRun(files), past: files.past });

export class TrainingSession {
  readonly contestants: Contestants;
  private readonly device: TrainingDevice;
  private readonly deviceWork = new DeviceWork();
  private images: ImageSet | undefined;
  private readonly retained = new RetainedModels();
  private readonly imports = new Imports();
  private opened: OpenedFiles | undefined;
  /** Parsed checkpoints of the next resume. */
  private checkpoints: readonly Checkpoint[] = [];
  private readonly spectrum = new CachedMeanSpectrum();

  constructor(emit: Emit<TrainingEvents>) {
    this.device = new TrainingDevice((error) => this.contestants.fail(error));
    this.contestants = new Contestants(emit, (work, config, counts) =>
      this.device.learn(work, config, counts),
    );
  }

  /**
   * The present run.
   * @throws ResiduaError `no-run`
   */
  get run(): PresentRun {
    return this.contestants.at(0);
  }

  /** Opens a device; drops the run on the previous device. Views by retained runs start again on the new device. */
  openDevice(choice: DeviceChoice): Promise<DeviceReport> {
    const importEnded = this.leaveImport();
    return this.deviceWork.change(async () => {
      await importEnded;
      await this.dropRun();
      this.retained.dispose();
      return this.device.open(choice);
    });
  }

  /** The resources that a run needs; the device's pace is measured once, while nothing trains. */
  async estimate(configs: readonly RunConfig[]): Promise<RunEstimate> {
    return this.deviceWork.perform({}, async () =>
      this.device.estimate(this.plansOf(configs, this.images), this.contestants.areTraining),
    );
  }

  /** The same for images that are not loaded. */
  async estimateFor(config: RunConfig, counts: ImageCounts): Promise<RunEstimate> {
    return this.deviceWork.perform({}, async () =>
      this.device.estimate(this.device.plan([config], counts), this.contestants.areTraining),
    );
  }

  /** The presets by time for the loaded images; undefined while the device's pace is unknown. */
  async timedPresets(): Promise<TimedPresets | undefined> {
    return this.deviceWork.perform({}, async () => {
      if (!this.images) throw noImages();
      return this.device.timedPresets(this.images, this.contestants.areTraining);
    });
  }

  /** Takes over the images; drops the run, whose images are gone. */
  async loadImages(images: ImageSet): Promise<undefined> {
    await this.leaveRun();
    this.images = images;
    this.contestants.shown.clear();
    return undefined;
  }

  /** The loaded images for another owner; undefined if there are none. */
  copyImages(): ImageSet | undefined {
    return this.images && imagesForAnother(this.images);
  }

  /** The mean spectrum of the images that a run trains on, cached. */
  async meanSpectrum(settings: HoldOut, options: WorkOptions): Promise<MeanSpectrum> {
    const { images } = this;
    if (!images) throw noImages();
    return { side: images.side, magnitude: await this.spectrum.of(images, settings, options) };
  }

  /**
   * Builds runs from configs and seeds; drops the previous ones.
   * @param configs the present run's first
   */
  configure(configs: readonly RunConfig[]): Promise<readonly RunSummary[]> {
    return this.deviceWork.perform({}, () => this.buildRuns(configs));
  }

  private async buildRuns(configs: readonly RunConfig[]): Promise<readonly RunSummary[]> {
    const images = requireFraming(this.images, configs[0]!);
    const plans = this.plansOf(configs, images);
    await this.leaveRun();
    const entrants = configs.map((config, place) => {
      const plan = plans[place]!;
      return { run: new AutoencoderRun(images, config, plan.microBatch, configs.length), config, plan };
    });
    this.contestants.take(entrants, images);
    this.contestants.reportStatus();
    return this.contestants.all.map(({ summary }) => summary);
  }

  /** Rebuilds the runs with the initial weights of their seeds. */
  async reset(): Promise<void> {
    this.contestants.at(0);
    await this.configure(this.contestants.all.map(({ trainer }) => trainer.presentConfig));
    this.contestants.showAgain();
  }

  /**
   * Trains finished runs on.
   * @throws ResiduaError `no-run` for a run from files
   */
  trainOn(): void {
    if (this.run.imported) throw notContinuable();
    for (const { trainer } of this.contestants.all) trainer.trainOn();
  }

  /**
   * Changes settings of the runs between two steps. A rival keeps its own values of those in which it differs.
   * @returns all changes of the present run so far
   * @throws ResiduaError `config-invalid` for values that a run cannot have, `no-run` for a run from files; any error of
   *   `planRuns`. Then nothing has changed.
   */
  async changeRun(values: ChangeableValues): Promise<readonly RunChange[]> {
    const { trainer, images, imported } = this.run;
    if (imported) throw notContinuable();
    const before = trainer.presentConfig;
    const changed = this.contestants.all.map((contestant) => {
      const config = contestant.trainer.presentConfig;
      return { contestant, config, values: sharedChange(values, before, config) };
    });
    const configs = changed.map(({ contestant, config, values: own }) => ({
      ...parseRunConfig({ ...config, ...own }),
      microBatch: contestant.summary.microBatch,
    }));
    this.plansOf(configs, images);
    const [changes = []] = await Promise.all(
      changed.map(({ contestant, values: own }) => contestant.trainer.change(own)),
    );
    this.contestants.reportChanges();
    return changes;
  }

  /** Chooses the shown image and returns its present view. */
  view(place: ShownPlace): Promise<SampleView> {
    return this.contestants.view(place, this.images);
  }

  /**
   * One image through a retained run; undefined if that run is not loaded and no files are given.
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images'
   */
  async viewWith({
    key,
    files,
    index,
    tile,
    ...options
  }: TrainingRequests['viewWith'][0]): Promise<SampleView | undefined> {
    return this.deviceWork.perform({}, async (interruptible) => {
      this.device.requireOpen();
      return this.retained.view(key, files, this.images, { index, tile }, options, interruptible);
    });
  }

  /**
   * The test reconstructions of a retained run; undefined if that run is not loaded and no files are given.
   * @throws ResiduaError as `viewWith`; `cancelled`
   */
  async reconstructionsWith(
    { key, files, ...wanted }: TrainingRequests['reconstructionsWith'][0],
    options: WorkOptions,
  ): Promise<RetainedReconstructions | undefined> {
    return this.deviceWork.perform(options, async (interruptible) => {
      this.device.requireOpen();
      return this.retained.reconstructions(key, files, this.images, wanted, interruptible);
    });
  }

  /**
   * Parses a run for `importRun`.
   * @throws ResiduaError `import-invalid` if the files are no run
   */
  async openRun(files: ExportedRun | RunInOneFile): Promise<OpenedRun> {
    this.opened = undefined;
    const opened = 'bytes' in files ? await openFile(files) : openedFiles(files);
    this.opened = opened;
    const { side, fit } = opened.saved.config;
    return { side, fit };
  }

  /**
   * Adopts the opened run and evaluates it on the loaded images, or on `images` if given. The present run pauses
   * in the meantime.
   * @throws ResiduaError `no-run` if none is open; `cancelled`. After any error the session is as it was before.
   */
  async importRun(images: ImageSet | undefined, options: WorkOptions): Promise<ImportedRun> {
    return (await this.importRace([], images, options))[0]!;
  }

  /**
   * The same for a race: the opened run, with rivals from files, all evaluated by the settings of the opened run.
   * @returns the opened run first
   * @throws ResiduaError as `importRun`; `import-invalid` if the files of a rival are no run, `config-invalid` if its side is
   *   another
   */
  importRace(
    rivals: readonly ExportedRun[],
    images: ImageSet | undefined,
    options: WorkOptions,
  ): Promise<readonly ImportedRun[]> {
    const { opened } = this;
    this.opened = undefined;
    return this.besidePresent(options, async (either) => {
      if (!opened) throw notOpened();
      return this.adopt([opened, ...rivals.map(openedFiles)], images ?? this.images, either);
    });
  }

  /**
   * Evaluates the test split with the weights of a run from files. The present runs stay and pause in the meantime.
   * @throws ResiduaError `import-invalid` if the files are no run, `config-invalid` if its side is not the images';
   *   `cancelled`
   */
  evaluateWith(files: ExportedRun, settings: EvaluationSettings, options: WorkOptions): Promise<Evaluation> {
    return this.besidePresent(options, async (either) => {
      const saved = parseRun(files);
      const images = requireFraming(this.images, saved.config);
      const { microBatch } = this.plansOf([saved.config], images)[0]!;
      const { run, evaluation } = await evaluateSaved(saved, images, { microBatch }, either, settings);
      run.dispose();
      return evaluation;
    });
  }

  /** A checkpoint of each contestant, as `checkpointOf`. */
  checkpoint(withPast: boolean): Promise<readonly CheckpointFile[]> {
    this.contestants.at(0);
    const device = this.device.requireOpen();
    return Promise.all(this.contestants.all.map((present) => checkpointOf(present, device, withPast)));
  }

  /**
   * Parses the checkpoints of all contestants for `resumeRun`.
   * @throws ResiduaError `checkpoint-invalid`
   */
  openCheckpoint(files: readonly ArrayBuffer[]): readonly CheckpointInfo[] {
    this.checkpoints = [];
    this.checkpoints = files.map(readCheckpoint);
    return this.checkpoints.map(checkpointInfo);
  }

  /**
   * Resumes the opened run on the loaded images, or on `images` if given; `mostAtOnce` bounds the micro-batches. The
   * present run pauses in the meantime.
   * @throws ResiduaError `no-run` if none is open, `other-images`; `cancelled`. After any error the session is as it was before.
   */
  resumeRun(
    { images, mostAtOnce = Number.POSITIVE_INFINITY }: TrainingRequests['resumeRun'][0],
    options: WorkOptions,
  ): Promise<readonly ResumedRun[]> {
    const checkpoints = this.checkpoints.map((checkpoint) => withAtMost(checkpoint, mostAtOnce));
    this.checkpoints = [];
    return this.besidePresent(options, async (either) => {
      const [first] = checkpoints;
      if (!first) throw noCheckpointOpen();
      return this.rebuild(checkpoints, requireFraming(images ?? this.images, first.config), either);
    });
  }

  /** Performs work that needs the device's memory while the present runs, if they survive the work, pause. */
  private besidePresent<T>(options: WorkOptions, work: (options: WorkOptions) => Promise<T>): Promise<T> {
    return this.imports.perform((signal) =>
      this.deviceWork.perform(withSignal(options, signal), async (either) => {
        const before = this.contestants.all;
        const resume = await this.contestants.pause();
        try {
          this.device.releaseMemory();
          return await work(either);
        } finally {
          // An import has replaced the runs, and the new one has its own memory.
          if (this.contestants.all === before) {
            this.device.releaseMemory();
            resume();
          }
        }
      }),
    );
  }

  /** @param opened the present run first */
  private async adopt(
    opened: readonly OpenedFiles[],
    mayHaveImages: ImageSet | undefined,
    options: WorkOptions,
  ): Promise<readonly ImportedRun[]> {
    const saved = opened.map((one) => one.saved);
    const images = saved.map(({ config }) => requireFraming(mayHaveImages, config))[0]!;
    const plans = this.plansOf(
      saved.map(({ config }) => config),
      images,
    );
    const built = await this.build(saved, images, plans, options);
    const pastLeftOut = built.map(({ run }, place) => {
      const { past } = opened[place]!;
      return past && adoptPast(run, past, saved[place]!.history, images);
    });
    await this.dropRun();
    this.images = images;
    this.contestants.take(
      built.map(({ run, config }, place) => ({ run, config, plan: plans[place]! })),
      images,
      true,
    );
    return this.contestants.all.map((contestant, place) => {
      const { evaluation } = built[place]!;
      const { step } = evaluation;
      const { history, categoryName } = saved[place]!;
      contestant.trainer.adopt(history, { step, lastGoodStep: step, evaluationOwed: false, finished: true });
      contestant.trainer.history.addEvaluation(evaluation);
      return importedRun(contestant, categoryName, pastLeftOut[place]);
    });
  }

  /** Builds runs from files and evaluates them by the settings of the first; disposes of all if one fails. */
  private async build(
    saved: readonly OpenedFiles['saved'][],
    images: ImageSet,
    plans: readonly RunPlan[],
    options: WorkOptions,
  ): Promise<
    readonly { readonly run: AutoencoderRun; readonly config: RunConfig; readonly evaluation: Evaluation }[]
  > {
    const contestants = saved.length;
    const settings = evaluationSettingsOf(saved[0]!.config);
    const built: { run: AutoencoderRun; config: RunConfig; evaluation: Evaluation }[] = [];
    try {
      for (const [place, one] of saved.entries()) {
        const { microBatch } = plans[place]!;
        const building = { microBatch, shown: this.contestants.shown.index, contestants };
        const part = partOf(options, place / contestants, 1 / contestants);
        const { run, evaluation } = await evaluateSaved(one, images, building, part, settings);
        built.push({ run, config: { ...one.config, ...evaluationSettingsOf(evaluation) }, evaluation });
      }
    } catch (thrown) {
      for (const { run } of built) run.dispose();
      throw thrown;
    }
    return built;
  }

  private async rebuild(
    checkpoints: readonly Checkpoint[],
    images: ImageSet,
    options: WorkOptions,
  ): Promise<readonly ResumedRun[]> {
    const plans = this.plansOf(
      checkpoints.map(({ config, microBatch }) => ({ ...config, microBatch })),
      images,
    );
    const rebuilt = await rebuildRuns(checkpoints, images, plans, this.contestants.shown.index, options);
    await this.dropRun();
    this.images = images;
    this.contestants.take(
      rebuilt.map(({ run, checkpoint: { config }, plan }) => ({ run, config, plan })),
      images,
    );
    const device = this.device.requireOpen();
    return rebuilt.map((of, place) => adoptRebuilt(this.contestants.at(place), of, device));
  }

  /** @throws ResiduaError if there are no images or no device, or the runs do not fit it */
  private plansOf(configs: readonly RunConfig[], images: ImageSet | undefined): readonly RunPlan[] {
    if (!images) throw noImages();
    return this.device.planFor(configs, images);
  }

  private async leaveRun(): Promise<void> {
    await this.leaveImport();
    await this.dropRun();
  }

  /** Cancels the import that would replace the runs, and resolves after its end. */
  private leaveImport(): Promise<void> {
    this.opened = undefined;
    this.checkpoints = [];
    return this.imports.cancel();
  }

  private async dropRun(): Promise<void> {
    await this.contestants.drop();
    this.device.releaseMemory();
  }
}

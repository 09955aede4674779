/** The device of a training worker: its limits, its pace, and the plans and estimates that follow from them. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { ResiduaError } from '#core/errors.ts';
import { trainingSplit } from '#core/training-split.ts';
import { openDevice, openProcessorBecause } from '#engine/device.ts';
import { releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { watchDevice } from '#engine/webgpu/watch-device.ts';
import { deviceFault } from '#training/device-check/device-fault.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import { planRuns, type RunPlan } from '#training/run-plan.ts';
import { type RunWork, workOf } from '#training/run-work.ts';
import { requireTrainingImages } from '#training/training-images.ts';
import type { TimedWork } from '#training/training-run.ts';
import { WorkPace } from '#training/work-pace.ts';
import type { RunEstimate, TimedPresets } from './protocol.ts';
import { noDevice } from './session-errors.ts';
import { timedPresetsOf } from './timed-presets.ts';

export class TrainingDevice {
  /** Pace of the device, corrected by runs. */
  pace = new WorkPace();
  private report: DeviceReport | undefined;
  private watched = false;
  /** By the name of each checked graphics device: why it computes wrongly; undefined if it computes as the processor does. */
  private readonly faults = new Map<string, string | undefined>();

  /**
   * @param lost called when the graphics device is lost
   * @param needsCheck whether a graphics device is compared with the processor; by default if it is no software
   */
  constructor(
    private readonly lost: (error: ResiduaError) => void,
    private readonly needsCheck: (device: DeviceReport) => boolean = ({ isFallback }) => !isFallback,
  ) {}

  /** Opens a device in place of the previous one: the processor if the graphics device computes wrongly. */
  async open(choice: DeviceChoice): Promise<DeviceReport> {
    const device = await this.openCorrect(choice);
    if (device.backend !== this.report?.backend) this.pace = new WorkPace();
    this.report = device;
    return device;
  }

  private async openCorrect(choice: DeviceChoice): Promise<DeviceReport> {
    const device = await openDevice(choice);
    if (device.backend === 'wasm') return device;
    if (!this.watched) {
      this.watched = true;
      watchDevice(this.lost);
    }
    const { faults } = this;
    if (!this.needsCheck(device)) return device;
    if (!faults.has(device.name)) faults.set(device.name, await deviceFault());
    const fault = faults.get(device.name);
    if (fault === undefined) return device;
    return openProcessorBecause(
      `The graphics device (${device.name}) computes wrongly. ${fault} So training runs on the processor. Update the browser ` +
        'or the graphics driver, and reload the page.',
    );
  }

  /** @throws ResiduaError `no-device` if no device is open */
  requireOpen(): DeviceReport {
    if (!this.report) throw noDevice();
    return this.report;
  }

  /** @throws ResiduaError if no device is open, or the runs together do not fit it */
  plan(configs: readonly RunConfig[], counts: ImageCounts): readonly RunPlan[] {
    return planRuns(configs, counts, this.requireOpen());
  }

  /** The same for an image set; also throws if it has no image to train on. */
  planFor(configs: readonly RunConfig[], images: ImageSet): readonly RunPlan[] {
    const train = trainingSplit(images.samples, configs[0]!).trained.length;
    requireTrainingImages(images, train);
    return this.plan(configs, { train, test: images.samples.filter(({ split }) => split === 'test').length });
  }

  /**
   * Estimates the resources that runs need which are planned together; the batch is that of the first.
   * @param isBusy whether the device is computing; if so, its pace is not measured
   */
  async estimate(plans: readonly RunPlan[], isBusy: boolean): Promise<RunEstimate> {
    const { pace } = this;
    if (!isBusy) await pace.probe();
    const { batch, microBatch, memoryBytes } = plans[0]!;
    const sum = (timeOf: (work: RunWork) => number | undefined): number | undefined =>
      pace.source && plans.reduce((total, { work }) => total + (timeOf(work) ?? 0), 0);
    return {
      batch,
      microBatch,
      memoryBytes,
      epochMs: sum(({ operationsPerEpoch }) => pace.millisecondsFor(operationsPerEpoch)),
      evaluationMs: sum(({ evaluation }) => pace.evaluationMs(evaluation)),
      totalMs: sum((work) => pace.runMs(work)),
      paceSource: pace.source,
    };
  }

  /**
   * The presets by time for these images; undefined while the pace is unknown.
   * @param isBusy as for `estimate`
   * @throws ResiduaError if no device is open, or there are no images to train on
   */
  async timedPresets(images: ImageSet, isBusy: boolean): Promise<TimedPresets | undefined> {
    const device = this.requireOpen();
    if (!isBusy) await this.pace.probe();
    return timedPresetsOf(images, this.pace, device);
  }

  /** Learns the pace from the work of a run of this config. */
  learn(timed: TimedWork, config: RunConfig, counts: ImageCounts): void {
    const { pace } = this;
    const { elapsedMs } = timed;
    if (timed.kind === 'steps') {
      pace.learnTraining(timed.images * workOf(config, counts).operationsPerImage, elapsedMs);
    } else {
      pace.learnEvaluation(workOf({ ...config, ...timed.settings }, counts).evaluation, elapsedMs);
    }
  }

  /** Frees the buffers that no tensor uses. */
  releaseMemory(): void {
    if (this.report) releaseFreeBuffers();
  }
}

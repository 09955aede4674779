/** The device of a training worker: its limits, its pace, and the plans and estimates that follow from them. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceChoice, DeviceReport } from '#core/device.ts';
import type { ResiduaError } from '#core/errors.ts';
import { trainingSplit } from '#core/training-split.ts';
import { openDevice } from '#engine/device.ts';
import { watchDevice } from '#engine/webgpu/open-webgpu.ts';
import { releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import { planRun, type RunPlan } from '#training/run-plan.ts';
import { requireTrainingImages } from '#training/training-images.ts';
import { WorkPace } from '#training/work-pace.ts';
import type { RunEstimate } from './protocol.ts';
import { noDevice } from './session-errors.ts';

export class TrainingDevice {
  /** Pace of the device, corrected by runs. */
  pace = new WorkPace();
  private report: DeviceReport | undefined;
  private watched = false;

  /** @param lost called when the graphics device is lost */
  constructor(private readonly lost: (error: ResiduaError) => void) {}

  /** Opens a device in place of the previous one. */
  async open(choice: DeviceChoice): Promise<DeviceReport> {
    const device = await openDevice(choice);
    if (device.backend === 'webgpu' && !this.watched) {
      this.watched = true;
      watchDevice(this.lost);
    }
    if (device.backend !== this.report?.backend) this.pace = new WorkPace();
    this.report = device;
    return device;
  }

  /** @throws ResiduaError `no-device` if no device is open */
  requireOpen(): DeviceReport {
    if (!this.report) throw noDevice();
    return this.report;
  }

  /** @throws ResiduaError if no device is open, or the run does not fit it */
  plan(config: RunConfig, counts: ImageCounts): RunPlan {
    return planRun(config, counts, this.requireOpen());
  }

  /** The same for an image set; also throws if it has no image to train on. */
  planFor(config: RunConfig, images: ImageSet): RunPlan {
    const train = trainingSplit(images.samples, config).trained.length;
    requireTrainingImages(images, train);
    return this.plan(config, { train, test: images.samples.filter(({ split }) => split === 'test').length });
  }

  /**
   * Estimates the resources that a planned run needs.
   * @param isBusy whether the device is computing; if so, its pace is not measured
   */
  async estimate(
    { batch, microBatch, memoryBytes, operationsPerEpoch }: RunPlan,
    isBusy: boolean,
  ): Promise<RunEstimate> {
    const { pace } = this;
    if (!isBusy) await pace.probe();
    const epochMs = pace.millisecondsFor(operationsPerEpoch);
    return { batch, microBatch, memoryBytes, epochMs, paceSource: pace.source };
  }

  /** Frees the buffers that no tensor uses. */
  releaseMemory(): void {
    if (this.report) releaseFreeBuffers();
  }
}

/** The presets by time: what a device with this pace trains in a minute, and how long the other presets take. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { RunTimes } from '#core/evaluation-work.ts';
import { presets } from '#core/presets.ts';
import { sizesForTime, type TimedSizes, timedPresetMs } from '#core/timed-presets.ts';
import { trainingSplit } from '#core/training-split.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import { type DeviceLimits, planRun } from '#training/run-plan.ts';
import { type RunWork, workOf } from '#training/run-work.ts';
import { requireTrainingImages } from '#training/training-images.ts';
import type { WorkPace } from '#training/work-pace.ts';
import type { TimedPresets } from './protocol.ts';

const { recommended } = presets;

const countsOf = ({ samples }: ImageSet, config: RunConfig): ImageCounts => ({
  train: trainingSplit(samples, config).trained.length,
  test: samples.filter(({ split }) => split === 'test').length,
});

const fitsDevice = (config: RunConfig, counts: ImageCounts, limits: DeviceLimits): boolean => {
  try {
    planRun(config, counts, limits);
    return true;
  } catch {
    // The plan says why in words, which a smaller preset does not need.
    return false;
  }
};

/**
 * Chooses the presets by time for these images; undefined while the pace is unknown.
 * @throws ResiduaError `no-training-images` if there are none to train on
 */
export const timedPresetsOf = (
  images: ImageSet,
  pace: WorkPace,
  limits: DeviceLimits,
): TimedPresets | undefined => {
  const counts = countsOf(images, recommended);
  requireTrainingImages(images, counts.train);
  const timesOf = (work: RunWork): RunTimes => ({
    epochMs: pace.millisecondsFor(work.operationsPerEpoch),
    evaluationMs: pace.evaluationMs(work.evaluation),
  });
  const sizesFor = (totalMs: number): TimedSizes =>
    sizesForTime(
      totalMs,
      counts.train,
      (size) => timesOf(workOf({ ...recommended, ...size }, counts)),
      (sizes) => fitsDevice({ ...recommended, ...sizes }, counts, limits),
    );
  const presetMs = (config: RunConfig): number | undefined =>
    pace.runMs(workOf(config, countsOf(images, config)));
  const [quickLook, ofRecommended, paper] = [presets.quickLook, recommended, presets.paper].map(presetMs);
  if (quickLook === undefined || ofRecommended === undefined || paper === undefined) return undefined;
  return {
    sizes: { minute: sizesFor(timedPresetMs.minute), tenMinutes: sizesFor(timedPresetMs.tenMinutes) },
    totalMs: { quickLook, recommended: ofRecommended, paper },
  };
};

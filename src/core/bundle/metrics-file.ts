/** The content of `metrics.json`. */
import { evenlySpaced } from '../calibration/calibration-images.ts';
import { bestOnTest, epochChoiceOf } from '../epoch-choice.ts';
import { imagesUsed } from '../images-used.ts';
import { falseAlarmRate } from '../metrics/false-alarm-rate.ts';
import type { ThresholdRecord } from '../metrics/threshold-record.ts';
import { usesCalibration } from '../scores/score-names.ts';
import { picturesOf } from '../tiles.ts';
import { trainingSplit } from '../training-split.ts';
import { baselinesJson, comparisonJson, metricsJson } from './metrics-json.ts';
import type { RunCircumstances, RunReport } from './run-report.ts';
import type { RunSnapshot } from './run-snapshot.ts';

/** Number of good images, or of their tiles, in the last evaluation's calibration; undefined if it used none. */
const calibrationImages = ({ samples, config, evaluations }: RunSnapshot): number | undefined => {
  const last = evaluations.at(-1);
  if (!last || !usesCalibration(last)) return undefined;
  return evenlySpaced(trainingSplit(picturesOf(samples, config.fit), config).trainedGood).length;
};

/** A threshold, with the observed false-alarm rate on the good test images, if there are any. */
const thresholdJson = (record: ThresholdRecord, { samples, evaluations }: RunSnapshot): object => {
  const scores = evaluations.at(-1)?.scores ?? [];
  const tested = samples.filter(({ split }) => split === 'test');
  const good = scores.filter((_, image) => tested[image]?.anomalous === false);
  const rate = falseAlarmRate(good, record.threshold);
  return { ...record, ...(rate ? { testFalseAlarms: rate } : {}) };
};

const circumstancesJson = (circumstances: RunCircumstances): object => {
  const { browser, startedAt, loadMs, workMs, model, resumedFromStep } = circumstances;
  const work = model === undefined ? 'trainMs' : 'evaluationMs';
  return {
    browser,
    startedAt: startedAt.toISOString(),
    loadMs: Math.round(loadMs),
    resumedFromStep,
    // The time before the checkpoint is unknown.
    ...(workMs === undefined || resumedFromStep !== undefined ? {} : { [work]: Math.round(workMs) }),
  };
};

/** Returns the content of `metrics.json`; a metric without a value is null, with its reason beside it. */
export const metricsFile = (report: RunReport): object => {
  const { snapshot, circumstances, baselines, threshold, comparison } = report;
  const { samples, steps, status, device, categoryName, config } = snapshot;
  const evaluation = snapshot.evaluations.at(-1);
  const best = bestOnTest(snapshot.evaluations);
  return {
    category: categoryName,
    source: circumstances?.source,
    model: circumstances?.model,
    ...metricsJson(report.metrics),
    epochChoice: evaluation && epochChoiceOf(evaluation, snapshot.evaluations, config.epochs),
    // This remark includes its qualification, because it may be copied alone.
    bestOnTest: best && { ...best, epochChoice: 'chosen-on-test' },
    paper: snapshot.paper,
    images: { ...imagesUsed(samples, config), setAside: snapshot.skippedFiles.length },
    ...('reason' in threshold
      ? { threshold: null, thresholdUndefined: threshold.reason }
      : { threshold: thresholdJson(threshold, snapshot) }),
    ...(baselines ? baselinesJson(baselines) : {}),
    batchNorm: evaluation?.batchNorm,
    score: evaluation?.score,
    residual: evaluation?.residual,
    calibrationPooling: evaluation?.calibrationPooling,
    calibrationBands: evaluation?.calibrationBands,
    calibrationImages: calibrationImages(snapshot),
    bandLow: evaluation?.bandLow,
    bandHigh: evaluation?.bandHigh,
    blurSigma: evaluation?.blurSigma,
    topPercent: evaluation?.topPercent,
    residualDcShare: evaluation?.residualDcShare,
    firstLoss: steps[0]?.loss,
    finalLoss: steps.at(-1)?.loss,
    steps: status.step,
    epochs: status.epoch,
    microBatch: snapshot.microBatch,
    deviceBytes: status.deviceBytes,
    device: device.phase === 'ready' ? device.report : undefined,
    ...(circumstances ? circumstancesJson(circumstances) : {}),
    ...(comparison ? { comparison: comparisonJson(comparison) } : {}),
  };
};

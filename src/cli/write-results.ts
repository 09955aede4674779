/** Writes the files of a run to its output folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlainBaselines } from '#core/baselines/plain-baselines.ts';
import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import { toCsv } from '#core/csv.ts';
import { bestOnTest, epochChoiceOf } from '#core/epoch-choice.ts';
import { ResiduaError } from '#core/errors.ts';
import { imagesUsed } from '#core/images-used.ts';
import { falseAlarmRate } from '#core/metrics/false-alarm-rate.ts';
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import type { ThresholdRecord } from '#core/metrics/threshold-record.ts';
import type { ScoreComparison } from '#core/scores/compare-scores.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { trainingSplit } from '#core/training-split.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import { baselinesJson, comparisonJson, metricsJson } from './metrics-json.ts';
import type { PageSnapshot } from './page-snapshot.ts';
import { scoresCsv } from './scores-csv.ts';

/** A finished run and its circumstances. */
export interface FinishedRun {
  readonly snapshot: PageSnapshot;
  /** The data folder as given on the command line, or `sample`. */
  readonly source: string;
  /** Name and version of the browser. */
  readonly browser: string;
  readonly startedAt: Date;
  readonly loadMs: number;
  /** Folder of the evaluated model; undefined if one was trained. */
  readonly model: string | undefined;
  /**
   * Time for training including evaluations; if a model was given, time for evaluating it. Undefined in a race, whose contestants
   * share the device.
   */
  readonly workMs: number | undefined;
  /** The step of the checkpoint that the run went on from; undefined if it was not interrupted. */
  readonly resumedFromStep: number | undefined;
  readonly metrics: { readonly image: ImageMetrics; readonly pixel: PixelMetrics };
  /** The baselines, with the run's score. */
  readonly baselines: PlainBaselines;
  /** Every way of scoring; undefined if not requested. */
  readonly comparison: readonly ScoreComparison[] | undefined;
  /** The threshold fitted on good images outside the test set, or the reason that it is undefined. */
  readonly threshold: ThresholdRecord | { readonly reason: string };
  readonly modelJson: string;
  readonly weights: Uint8Array;
}

/** The shortest text of a float64 preserves every float32 exactly, so nothing is rounded here. */
const historyCsv = ({ steps }: PageSnapshot): string =>
  toCsv(
    ['step', 'epoch', 'loss', 'objective'],
    steps.map(({ step, epoch, loss, objective = loss }) => [step, epoch, loss, objective]),
  );

const evaluationsCsv = ({ evaluations, config }: PageSnapshot): string =>
  toCsv(
    [
      'epoch',
      'step',
      'image_auroc',
      'epoch_choice',
      'residual_dc_share',
      'batch_norm',
      'score',
      'residual',
      'calibration_pooling',
      'calibration_bands',
      'band_low',
      'band_high',
      'elapsed_ms',
    ],
    evaluations.map((evaluation) => [
      evaluation.epoch,
      evaluation.step,
      evaluation.imageAuroc.defined ? evaluation.imageAuroc.value : undefined,
      epochChoiceOf(evaluation, evaluations, config.epochs),
      evaluation.residualDcShare,
      evaluation.batchNorm,
      evaluation.score,
      evaluation.residual,
      evaluation.calibrationPooling,
      evaluation.calibrationBands,
      evaluation.bandLow,
      evaluation.bandHigh,
      evaluation.elapsedMs,
    ]),
  );

/** Number of good images in the last evaluation's calibration; undefined if it used none. */
const calibrationImages = ({ samples, config, evaluations }: PageSnapshot): number | undefined => {
  const last = evaluations.at(-1);
  if (!last || !usesCalibration(last)) return undefined;
  return evenlySpaced(trainingSplit(samples, config).trainedGood).length;
};

/** The content of `metrics.json`; a metric without a value is null, with its reason beside it. */
const metricsOf = (run: FinishedRun): object => {
  const { snapshot, source, model, browser, startedAt, loadMs, workMs, resumedFromStep } = run;
  const { samples, steps, status, device, categoryName } = snapshot;
  const evaluation = snapshot.evaluations.at(-1);
  const best = bestOnTest(snapshot.evaluations);
  return {
    category: categoryName,
    source,
    model,
    ...metricsJson(run.metrics),
    epochChoice: evaluation && epochChoiceOf(evaluation, snapshot.evaluations, snapshot.config.epochs),
    // This remark includes its qualification, because it may be copied alone.
    bestOnTest: best && { ...best, epochChoice: 'chosen-on-test' },
    paper: snapshot.paper,
    images: { ...imagesUsed(samples, snapshot.config), setAside: snapshot.skippedFiles.length },
    ...('reason' in run.threshold
      ? { threshold: null, thresholdUndefined: run.threshold.reason }
      : { threshold: thresholdJson(run.threshold, snapshot) }),
    ...baselinesJson(run.baselines),
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
    browser,
    startedAt: startedAt.toISOString(),
    loadMs: Math.round(loadMs),
    resumedFromStep,
    // The time before the checkpoint is unknown.
    ...(workMs === undefined || resumedFromStep !== undefined
      ? {}
      : { [model === undefined ? 'trainMs' : 'evaluationMs']: Math.round(workMs) }),
    ...(run.comparison ? { comparison: comparisonJson(run.comparison) } : {}),
  };
};

/** A threshold, with the observed false-alarm rate on the good test images, if there are any. */
const thresholdJson = (record: ThresholdRecord, { samples, evaluations }: PageSnapshot): object => {
  const scores = evaluations.at(-1)?.scores ?? [];
  const tested = samples.filter(({ split }) => split === 'test');
  const good = scores.filter((_, image) => tested[image]?.anomalous === false);
  const rate = falseAlarmRate(good, record.threshold);
  return { ...record, ...(rate ? { testFalseAlarms: rate } : {}) };
};

/** Formats a file's JSON. */
export const asJson = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * Creates the output folder in advance, so that a run does not fail at its end.
 * @throws ResiduaError `config-invalid`
 */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ResiduaError(
      'config-invalid',
      `The folder ${folder} cannot be created: ${why}.`,
      'Give another --out.',
    );
  }
};

/** The files of a run, from name to content. */
export const resultFiles = (run: FinishedRun): ReadonlyMap<string, string | Uint8Array> =>
  new Map<string, string | Uint8Array>([
    ['config.json', asJson({ settingsVersion, ...run.snapshot.config })],
    ['metrics.json', asJson(metricsOf(run))],
    ['history.csv', historyCsv(run.snapshot)],
    ['evaluations.csv', evaluationsCsv(run.snapshot)],
    [
      'scores.csv',
      scoresCsv(run.snapshot.samples, run.snapshot.evaluations.at(-1)?.scores ?? [], run.baselines),
    ],
    ['model.json', run.modelJson],
    ['weights.bin', run.weights],
  ]);

/** Writes files into a folder, and overwrites those of an earlier run. */
export const writeResults = async (
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> => {
  await Promise.all([...files].map(([name, content]) => writeFile(join(folder, name), content)));
};

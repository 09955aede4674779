/** The files that a training run leaves in its output folder. */
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

/** A finished run and how it came about. */
export interface FinishedRun {
  readonly snapshot: PageSnapshot;
  /** What was trained on: the data folder as it was given, or `sample`. */
  readonly source: string;
  /** Name and version of the browser. */
  readonly browser: string;
  readonly startedAt: Date;
  readonly loadMs: number;
  /** Folder of the model that was judged; undefined if one was trained. */
  readonly model: string | undefined;
  /** Training with its evaluations; of a model that was judged, its evaluation. */
  readonly workMs: number;
  readonly metrics: { readonly image: ImageMetrics; readonly pixel: PixelMetrics };
  /** What the images say without a network, by the run's score. */
  readonly baselines: PlainBaselines;
  /** Every way of scoring; undefined if it was not asked for. */
  readonly comparison: readonly ScoreComparison[] | undefined;
  /** Fitted on good images outside the test set, or why there is none. */
  readonly threshold: ThresholdRecord | { readonly reason: string };
  readonly modelJson: string;
  readonly weights: Uint8Array;
}

/** All digits of a float32 are in the shortest text of its float64, so nothing is rounded here. */
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

/** Good images that the last evaluation calibrated by; undefined if it did not. */
const calibrationImages = ({ samples, config, evaluations }: PageSnapshot): number | undefined => {
  const last = evaluations.at(-1);
  if (!last || !usesCalibration(last)) return undefined;
  return evenlySpaced(trainingSplit(samples, config).trainedGood).length;
};

/** What `metrics.json` holds; a metric without a value is null, with its reason beside it. */
const metricsOf = (run: FinishedRun): object => {
  const { snapshot, source, model, browser, startedAt, loadMs, workMs } = run;
  const { samples, steps, status, device, categoryName } = snapshot;
  const evaluation = snapshot.evaluations.at(-1);
  const best = bestOnTest(snapshot.evaluations);
  return {
    category: categoryName,
    source,
    model,
    ...metricsJson(run.metrics),
    epochChoice: evaluation && epochChoiceOf(evaluation, snapshot.evaluations, snapshot.config.epochs),
    // A remark that says itself what it is worth, wherever it is copied to.
    bestOnTest: best && { ...best, epochChoice: 'chosen-on-test' },
    paper: snapshot.paper,
    images: { ...imagesUsed(samples, snapshot.config), setAside: snapshot.setAside.length },
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
    [model === undefined ? 'trainMs' : 'evaluationMs']: Math.round(workMs),
    ...(run.comparison ? { comparison: comparisonJson(run.comparison) } : {}),
  };
};

/** A threshold with the rate of false alarms that was observed on the good test images, where there are any. */
const thresholdJson = (record: ThresholdRecord, { samples, evaluations }: PageSnapshot): object => {
  const scores = evaluations.at(-1)?.scores ?? [];
  const tested = samples.filter(({ split }) => split === 'test');
  const good = scores.filter((_, image) => tested[image]?.anomalous === false);
  const rate = falseAlarmRate(good, record.threshold);
  return { ...record, ...(rate ? { testFalseAlarms: rate } : {}) };
};

/** A file's text. */
export const asJson = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * Makes the output folder, so that a run does not find out at its end that it cannot.
 * @throws ResiduaError `config-invalid`
 */
export const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ResiduaError(
      'config-invalid',
      `The folder ${folder} cannot be made: ${why}.`,
      'Give another --out.',
    );
  }
};

/** The files of a run: name to content. */
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

/** Writes files into a folder, over those of a run before. */
export const writeResults = async (
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> => {
  await Promise.all([...files].map(([name, content]) => writeFile(join(folder, name), content)));
};

/** The configuration of a run: one flat, serializable object. Config and seed give the run again. */
import * as v from 'valibot';
import { ResiduaError } from './errors.ts';
import { excerpt } from './excerpt.ts';
import { drawnWeightFault } from './frequency-weight/drawn-weight.ts';
import { weightCurveProblem } from './frequency-weight/weight-curve.ts';
import { bandFault } from './scores/band.ts';
import { scoreNames } from './scores/score-names.ts';

export const lossNames = ['l2', 'ssim', 'frequency', 'wfdl', 'focal-frequency', 'composite'] as const;
export const weightNames = [
  'radial',
  'radial-literal',
  'uniform',
  'power',
  'adaptive-dataset',
  'adaptive-batch',
  'curve',
] as const;
export const sides = [32, 64, 128, 256, 512] as const;
export const widths = [0.25, 0.5, 1] as const;
export const batchNormModes = ['recalibrated', 'running'] as const;
export const initialisationNames = ['pytorch', 'he-normal'] as const;
export const scheduleNames = ['constant', 'cosine'] as const;
export const residualModes = ['raw', 'calibrated'] as const;
export const switchStates = ['on', 'off'] as const;

/** Beyond the largest radius of every side: sqrt(2) * 256 at side 512 is 362. */
export const largestBandRadius = 400;

const positiveInteger = (most: number) =>
  v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be at least 1'),
    v.maxValue(most, `must be at most ${most}`),
  );

const within = (least: number, most: number) =>
  v.pipe(
    v.number('must be a number'),
    v.finite('must be finite'),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

/** Share of one loss in the composite: what its value is multiplied by. */
const share = within(0, 1000);

const fields = v.strictObject({
  /**
   * Training objective: `l2` (mean squared error), `ssim` (1 - mean SSIM), `frequency` (Eq. 5), `wfdl` (Eq. 8),
   * `focal-frequency` (Jiang et al., ICCV 2021) or `composite`, the sum of these by the shares below.
   */
  loss: v.picklist(lossNames),
  /** Side of the SSIM window in pixels; the largest fits into the smallest side and into a kernel's registers. */
  ssimWindow: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(3, 'must be at least 3'),
    v.maxValue(31, 'must be at most 31, which fits into every side'),
    v.check((pixels) => pixels % 2 === 1, 'must be odd'),
  ),
  /** Standard deviation of the SSIM window's Gaussian in pixels. */
  ssimSigma: within(0.1, 100),
  /** C1 = (K1 L)^2 with L = 1 stabilizes SSIM's comparison of means. */
  ssimK1: within(1e-4, 1),
  /** C2 = (K2 L)^2 stabilizes its comparison of variances. */
  ssimK2: within(1e-4, 1),
  /** Exponent of the focal frequency loss's weight |D|^alpha. */
  focalAlpha: within(0, 4),
  compositeL2: share,
  compositeSsim: share,
  compositeFrequency: share,
  compositeWfdl: share,
  compositeFocalFrequency: share,
  /** Frequency weight w(u, v) of the WFDL. See `frequencyWeight`. */
  weight: v.picklist(weightNames),
  /** p of the weight `power`: (u^2 + v^2)^(p/2). */
  weightPower: within(0, 3),
  /** gamma of the adaptive weights: how much less a frequency counts that the images hold much of. */
  weightGamma: within(0, 2),
  /**
   * eps of the adaptive weights: the spectrum below which a frequency counts as empty, as the standard deviation of
   * white noise with that spectrum; rounding to 8 bits makes 0.0011.
   */
  weightEpsilon: within(1e-6, 1),
  /** Points of the weight `curve`, `radius:value,...`: radii as a share of the largest one. See `parseWeightCurve`. */
  weightCurve: v.pipe(
    v.string('must be a text such as 0:0,1:1'),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? weightCurveProblem(dataset.value) : undefined;
      if (problem) addIssue({ message: problem });
    }),
  ),
  /** w(0, 0) in units of max w; 0 is Eq. 7 as printed. */
  dcWeight: within(0, 10),
  /**
   * Share of the run's steps in which the weight grows from uniform to its final form: the loss of step t of N uses w^s,
   * rescaled to the mean of w, with s = min(1, t / (curriculum N)). 0 uses w from the first step, as the paper does.
   */
  curriculum: within(0, 1),
  /** Side S of the square input, in pixels. */
  side: v.picklist(sides),
  /** Multiplier of all channel counts. */
  width: v.picklist(widths),
  /** Images per optimizer step. */
  batch: positiveInteger(512),
  epochs: positiveInteger(100_000),
  learningRate: within(1e-8, 1),
  /** Course of the learning rate over the run: `constant` (the paper), or `cosine`: rate / 2 (1 + cos(pi t / N)). */
  schedule: v.picklist(scheduleNames),
  /** Added to the gradient, as `torch.optim.RAdam` does. */
  weightDecay: within(0, 1),
  /**
   * Initial weights: `pytorch` (each convolution, and the output's bias, uniform in +-1 / sqrt(fan-in)) or `he-normal`
   * (filters normal with variance 2 / fan-in, bias 0).
   */
  initialisation: v.picklist(initialisationNames),
  /** Share of the good training images, in percent, that are not trained on: a threshold is fitted on them. */
  holdOutPercent: within(0, 50),
  /** Seed of the initial weights, of the order of the batches, and of the held-out images. */
  seed: v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0), v.maxValue(0xffffffff)),
  /** Epochs between two evaluations of the test split; the last epoch is always evaluated. */
  evaluateEvery: positiveInteger(100_000),
  /** Batch-norm statistics at evaluation: recomputed over the training set, or the running averages. */
  batchNorm: v.picklist(batchNormModes),
  /** Anomaly score of an image; `sum` is Eq. 9. */
  score: v.picklist(scoreNames),
  /**
   * The residual that scores and maps are taken of: `raw` (Eq. 9), or `calibrated`: its squared distance from that of the
   * good training images, in units of their spread. The scores `ssim`, `gradient` and `spectral` ignore it.
   */
  residual: v.picklist(residualModes),
  /** Weight of the statistics over all pixels in the calibration: 0 is "this pixel", 1 "all pixels". */
  calibrationPooling: within(0, 1),
  /** Whether the residual is split into frequency bands, which are calibrated together. */
  calibrationBands: v.picklist(switchStates),
  /** Lowest radius of the residual's frequencies that scores see; 0 keeps the mean, 0.5 removes exactly it. */
  bandLow: within(0, largestBandRadius),
  /** Highest radius of the residual's frequencies that scores see; the largest value keeps all of any side. */
  bandHigh: within(0, largestBandRadius),
  /** Standard deviation of the blur of `blurred-maximum`, in pixels at side 256; scaled with the side. */
  blurSigma: within(0.5, 32),
  /** Share of the pixels whose mean is `top-share`, in percent. */
  topPercent: within(0.01, 100),
  /** Device memory that the run may hold, in MB (10^6 bytes). A batch that needs more is cut into micro-batches. */
  memoryBudgetMB: v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(64, 'must be at least 64'),
    v.maxValue(1_000_000, 'must be at most 1000000'),
  ),
  /**
   * Images that pass through the model at once; their gradients add up to those of the batch, but batch norm sees each
   * micro-batch by itself. 0 takes the largest that the memory budget and the adapter allow.
   */
  microBatch: v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(0, 'must be at least 0'),
    v.maxValue(512, 'must be at most 512'),
  ),
});

/** Settings that say how much of each loss the composite has. */
export const compositeShares = {
  l2: 'compositeL2',
  ssim: 'compositeSsim',
  frequency: 'compositeFrequency',
  wfdl: 'compositeWfdl',
  'focal-frequency': 'compositeFocalFrequency',
} as const satisfies Record<
  Exclude<v.InferOutput<typeof fields>['loss'], 'composite'>,
  keyof typeof fields.entries
>;

/** The setting with which no image could be scored at this side, and what is expected of it. */
const unscorableSetting = ({
  side,
  bandLow,
  bandHigh,
  weight,
  weightCurve,
}: v.InferOutput<typeof fields>):
  | {
      readonly setting: 'bandLow' | 'bandHigh' | 'weightCurve';
      readonly value: number | string;
      readonly expectation: string;
    }
  | undefined => {
  const expectation = weight === 'curve' ? drawnWeightFault(weightCurve, side) : undefined;
  return (
    bandFault(side, bandLow, bandHigh) ??
    (expectation === undefined ? undefined : { setting: 'weightCurve', value: weightCurve, expectation })
  );
};

/** The schema behind `RunConfig`. It has no defaults: a config is whole, and the presets are where one starts. */
export const runConfigSchema = v.pipe(
  fields,
  v.check(
    (config) =>
      config.loss !== 'composite' || Object.values(compositeShares).some((name) => config[name] > 0),
    `The composite loss has no part: ${Object.values(compositeShares).join(', ')} are all 0, expected one above 0`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.issues) return;
    const fault = unscorableSetting(dataset.value);
    if (!fault) return;
    const { setting: key, value, expectation: message } = fault;
    addIssue({
      message,
      received: typeof value === 'string' ? JSON.stringify(value) : String(value),
      path: [{ type: 'object', origin: 'value', input: dataset.value, key, value }],
    });
  }),
);

/** Settings of one run. See `runConfigSchema` for the meaning and range of each field. */
export type RunConfig = v.InferOutput<typeof runConfigSchema>;
export type LossName = RunConfig['loss'];
export type WeightName = RunConfig['weight'];

/**
 * Checks a config that came from outside (a flag, a file, an imported model).
 * @throws ResiduaError `config-invalid`, naming the first setting that is wrong, its value and what was expected.
 */
export const parseRunConfig = (value: unknown): RunConfig => {
  const result = v.safeParse(runConfigSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const setting = v.getDotPath(issue);
  if (setting === null && issue.type === 'check') {
    throw new ResiduaError('config-invalid', `${issue.message}.`, 'Correct it and try again.');
  }
  throw new ResiduaError(
    'config-invalid',
    `The setting ${setting ?? 'config'} is ${excerpt(issue.received)}: ${issue.message}.`,
    'Correct it and try again.',
  );
};

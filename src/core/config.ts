/** The configuration of a run: one flat, serializable object. The same config and seed reproduce the run. */
import * as v from 'valibot';
import { describeIssue } from './describe-issue.ts';
import { ResiduaError } from './errors.ts';
import { fits } from './fit.ts';
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
export const nonFiniteChoices = ['stop', 'skip'] as const;

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

/** Factor of one loss in the composite. */
const share = within(0, 1000);

const fields = v.strictObject({
  /**
   * Training objective: `l2` (mean squared error), `ssim` (1 - mean SSIM), `frequency` (Eq. 5), `wfdl` (Eq. 8),
   * `focal-frequency` (Jiang et al., ICCV 2021) or `composite`, the sum of these weighted by the shares below.
   */
  loss: v.picklist(lossNames),
  /** Side of the SSIM window in pixels; the maximum fits the smallest side and a kernel's registers. */
  ssimWindow: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(3, 'must be at least 3'),
    v.maxValue(31, 'must be at most 31, which fits every side'),
    v.check((pixels) => pixels % 2 === 1, 'must be odd'),
  ),
  /** Standard deviation of the SSIM window's Gaussian in pixels. */
  ssimSigma: within(0.1, 100),
  /** K1 in C1 = (K1 L)^2, L = 1, which stabilizes SSIM's comparison of means. */
  ssimK1: within(1e-4, 1),
  /** K2 in C2 = (K2 L)^2, which stabilizes its comparison of variances. */
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
  /** gamma of the adaptive weights: how strongly they lower the weight of frequencies that dominate the images. */
  weightGamma: within(0, 2),
  /**
   * eps of the adaptive weights: the magnitude below which a frequency counts as empty, given as the standard deviation of
   * white noise with that spectrum; rounding to 8 bits gives 0.0011.
   */
  weightEpsilon: within(1e-6, 1),
  /** Points of the weight `curve`, `radius:value,...`: radii as fractions of the largest one. See `parseWeightCurve`. */
  weightCurve: v.pipe(
    v.string('must be text such as 0:0,1:1'),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? weightCurveProblem(dataset.value) : undefined;
      if (problem) addIssue({ message: problem });
    }),
  ),
  /** w(0, 0) in units of max w; 0 is Eq. 7 as printed. */
  dcWeight: within(0, 10),
  /**
   * Fraction of the run's steps in which the weight grows from uniform to its final form. The loss of step t of N uses w^s,
   * rescaled to the mean of w, with s = min(1, t / (curriculum N)). 0 uses w from the first step, as the paper does.
   */
  curriculum: within(0, 1),
  /** Side S of the square input, in pixels. */
  side: v.picklist(sides),
  /** How an image that is not square becomes one. See `fits`. */
  fit: v.picklist(fits),
  /** Multiplier of all channel counts. */
  width: v.picklist(widths),
  /** Images per optimizer step. */
  batch: positiveInteger(512),
  epochs: positiveInteger(100_000),
  learningRate: within(1e-8, 1),
  /** Learning-rate schedule: `constant` (the paper), or `cosine`: rate / 2 (1 + cos(pi t / N)). */
  schedule: v.picklist(scheduleNames),
  /** L2 penalty added to the gradient, as in `torch.optim.RAdam`. */
  weightDecay: within(0, 1),
  /**
   * Initial weights: `pytorch` (each convolution, and the output's bias, uniform in +-1 / sqrt(fan-in)) or `he-normal`
   * (filters normal with variance 2 / fan-in, bias 0).
   */
  initialisation: v.picklist(initialisationNames),
  /**
   * A step whose loss or gradient is not finite changes no weight. It ends the run (`stop`), or counts and the run goes on
   * (`skip`).
   */
  nonFiniteStep: v.picklist(nonFiniteChoices),
  /** Percentage of the good training images that are held out of training, to fit a threshold. */
  holdOutPercent: within(0, 50),
  /** Seed of the initial weights, the batch order and the held-out images. */
  seed: v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0), v.maxValue(0xffffffff)),
  /** Epochs between two evaluations of the test split; the last epoch is always evaluated. */
  evaluateEvery: positiveInteger(100_000),
  /** Batch-norm statistics at evaluation: recomputed over the training set, or the running averages. */
  batchNorm: v.picklist(batchNormModes),
  /** Anomaly score of an image; `sum` is Eq. 9. */
  score: v.picklist(scoreNames),
  /**
   * The residual behind scores and maps: `raw` (Eq. 9), or `calibrated`, its squared Mahalanobis distance from the
   * residuals of good training images. The scores `ssim`, `gradient` and `spectral` ignore it.
   */
  residual: v.picklist(residualModes),
  /** Weight of the statistics over all pixels in the calibration: 0 (only this pixel's) to 1 (only these). */
  calibrationPooling: within(0, 1),
  /** Whether the residual is split into frequency bands, which are calibrated together. */
  calibrationBands: v.picklist(switchStates),
  /** Lowest radius of the residual's frequencies that reach the scores; 0 passes the mean, 0.5 removes only the mean. */
  bandLow: within(0, largestBandRadius),
  /** Highest radius of the residual's frequencies that reach the scores; the largest value passes every frequency. */
  bandHigh: within(0, largestBandRadius),
  /** Standard deviation of the blur of `blurred-maximum`, in pixels at side 256; scaled with the side. */
  blurSigma: within(0.5, 32),
  /** `top-share` is the mean of this percentage of the pixels, the highest ones. */
  topPercent: within(0.01, 100),
  /** Device memory that the run may use, in MB (10^6 bytes). A batch that needs more is split into micro-batches. */
  memoryBudgetMB: v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(64, 'must be at least 64'),
    v.maxValue(1_000_000, 'must be at most 1000000'),
  ),
  /**
   * Images that pass through the model at once. Their gradients add up to those of the batch, but batch norm sees each
   * micro-batch separately. 0 selects the largest that fits the memory budget and the adapter.
   */
  microBatch: v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(0, 'must be at least 0'),
    v.maxValue(512, 'must be at most 512'),
  ),
});

/** The setting that holds each loss's share of the composite. */
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

/** The setting that prevents every image from being scored at this side, with its value and the expectation. */
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

/** The schema behind `RunConfig`. It has no defaults: a config is complete, and a preset is the starting point. */
export const runConfigSchema = v.pipe(
  fields,
  v.check(
    (config) =>
      config.loss !== 'composite' || Object.values(compositeShares).some((name) => config[name] > 0),
    `The composite loss has no parts: ${Object.values(compositeShares).join(', ')} are all 0, expected one above 0`,
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
 * Checks a config from outside (flags, a file, an imported model).
 * @throws ResiduaError `config-invalid`, naming the first invalid setting, its value and the expected values
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
    `The setting ${setting ?? 'config'} ${describeIssue(issue)}.`,
    'Correct it and try again.',
  );
};

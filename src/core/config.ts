/** The configuration of a run: one flat, serialisable object. Config and seed give the run again. */
import * as v from 'valibot';
import { ResiduaError } from './errors.ts';
import { scoreNames } from './scores/score-names.ts';

export const lossNames = ['l2', 'ssim', 'wfdl'] as const;
export const weightNames = ['radial', 'radial-literal', 'uniform'] as const;
export const sides = [32, 64, 128, 256, 512] as const;
export const widths = [0.25, 0.5, 1] as const;
export const batchNormModes = ['recalibrated', 'running'] as const;

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

/** The schema behind `RunConfig`. It has no defaults: a config is whole, and the presets below are where one starts. */
export const runConfigSchema = v.strictObject({
  /** Training objective: `l2` (mean squared error), `ssim` (1 - mean SSIM, 11x11 window) or `wfdl` (Eq. 8). */
  loss: v.picklist(lossNames),
  /** Frequency weight w(u, v) of the WFDL: signed radial (Eq. 7), literal radial, or uniform (Eq. 5). */
  weight: v.picklist(weightNames),
  /** w(0, 0) in units of max w; 0 is Eq. 7 as printed. */
  dcWeight: within(0, 10),
  /** Side S of the square input, in pixels. */
  side: v.picklist(sides),
  /** Multiplier of all channel counts. */
  width: v.picklist(widths),
  /** Images per optimiser step. */
  batch: positiveInteger(512),
  epochs: positiveInteger(100_000),
  learningRate: within(1e-8, 1),
  /** Added to the gradient, as `torch.optim.RAdam` does. */
  weightDecay: within(0, 1),
  /** Seed of the initial weights and of the order of the batches. */
  seed: v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0), v.maxValue(0xffffffff)),
  /** Epochs between two evaluations of the test split; the last epoch is always evaluated. */
  evaluateEvery: positiveInteger(100_000),
  /** Batch-norm statistics at evaluation: recomputed over the training set, or the running averages. */
  batchNorm: v.picklist(batchNormModes),
  /** Anomaly score of an image; `sum` is Eq. 9. */
  score: v.picklist(scoreNames),
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

/** Settings of one run. See `runConfigSchema` for the meaning and range of each field. */
export type RunConfig = v.InferOutput<typeof runConfigSchema>;
export type LossName = RunConfig['loss'];
export type WeightName = RunConfig['weight'];

const paper: RunConfig = {
  loss: 'wfdl',
  weight: 'radial',
  dcWeight: 0,
  side: 256,
  width: 1,
  batch: 64,
  epochs: 2000,
  learningRate: 1e-3,
  weightDecay: 1e-4,
  seed: 0,
  evaluateEvery: 10,
  batchNorm: 'running',
  score: 'sum',
  bandLow: 0,
  bandHigh: largestBandRadius,
  blurSigma: 4,
  topPercent: 1,
  memoryBudgetMB: 4000,
  microBatch: 0,
};

const recommended: RunConfig = {
  ...paper,
  dcWeight: 1,
  batchNorm: 'recalibrated',
  bandLow: 0.5,
};

/**
 * Named settings. `paper` is the paper as printed (Eq. 7 without a DC weight, Eq. 9 on the raw residual);
 * `recommended` is the same with a trained mean, precise batch norm and the mean residual removed;
 * `quickLook` is `recommended` made small, in small batches at a higher rate: many quick steps, which WFDL needs. On the
 * sample category it leaves its first plateau after some 400 steps and is sharp after 800.
 */
export const presets = {
  quickLook: {
    ...recommended,
    side: 64,
    width: 0.25,
    batch: 8,
    epochs: 150,
    learningRate: 3e-3,
    evaluateEvery: 2,
  },
  recommended,
  paper,
} as const satisfies Record<string, RunConfig>;

export type PresetName = keyof typeof presets;

/** Settings of the user's machine and of the draw, which no preset is about. */
const ownSettings = ['seed', 'memoryBudgetMB', 'microBatch'] as const satisfies (keyof RunConfig)[];

/** A preset, with what no preset is about as `config` has it. */
export const withPreset = (config: RunConfig, name: PresetName): RunConfig => ({
  ...presets[name],
  ...Object.fromEntries(ownSettings.map((key) => [key, config[key]])),
});

/** The preset whose values `config` has, or undefined: the settings are the user's own. */
export const presetOf = (config: RunConfig): PresetName | undefined =>
  (Object.keys(presets) as PresetName[]).find((name) =>
    (Object.keys(presets[name]) as (keyof RunConfig)[]).every(
      (key) => ownSettings.some((own) => own === key) || presets[name][key] === config[key],
    ),
  );

/**
 * Checks a config that came from outside (a flag, a file, an imported model).
 * @throws ResiduaError `config-invalid`, naming the first setting that is wrong, its value and what was expected.
 */
export const parseRunConfig = (value: unknown): RunConfig => {
  const result = v.safeParse(runConfigSchema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const setting = v.getDotPath(issue) ?? 'config';
  throw new ResiduaError(
    'config-invalid',
    `The setting ${setting} is ${issue.received}: ${issue.message}.`,
    'Correct it and try again.',
  );
};

/** A trained run as files: its content, and the schema of Residua's own part of `model.json`. */
import * as v from 'valibot';
import { batchNormModes, type RunConfig, runConfigSchema } from '#core/config.ts';
import { epochChoices } from '#core/epoch-choice.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { History } from '#core/history.ts';
import { type ThresholdRecord, thresholdRecordSchema } from '#core/metrics/threshold-record.ts';
import { runChangesSchema } from '#core/run-change.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import type { NamedArray } from '#model/named-weights.ts';

/** File that the manifest in `model.json` refers to. */
export const weightsFileName = 'weights.bin';

/** The content of a run, independent of files. */
export interface SavedRun {
  readonly config: RunConfig;
  /** Name of the category that the run was trained on. */
  readonly categoryName: string;
  readonly history: History;
  /** All weights by PyTorch's names, with the batch-norm statistics that `config.batchNorm` selects. */
  readonly weights: readonly NamedArray[];
  /** The threshold on the scores of the last evaluation at the time of the export. */
  readonly threshold?: ThresholdRecord | undefined;
}

const number = v.pipe(v.number(), v.finite('must be finite'));
const atLeast0 = v.pipe(number, v.minValue(0, 'must be at least 0'));
const share = v.pipe(atLeast0, v.maxValue(1, 'must be at most 1'));

/** Far beyond the steps and epochs of any run, and exact as a float64. */
const largestCount = 1e12;
const count = v.pipe(
  atLeast0,
  v.integer('must be a whole number'),
  v.maxValue(largestCount, `must be at most ${largestCount}`),
);

/** Longer than any folder's path that could name a category. */
const longestName = 1000;

const metricSchema = v.variant('defined', [
  v.strictObject({ defined: v.literal(true), value: share }),
  v.strictObject({ defined: v.literal(false), reason: v.string() }),
]);

const evaluationSchema = v.object({
  epoch: count,
  step: count,
  scores: v.array(number),
  imageAuroc: metricSchema,
  residualScale: atLeast0,
  residualDcShare: share,
  ...evaluationSettingsOf(runConfigSchema.entries),
  elapsedMs: atLeast0,
});

/** Spectra of the residual as columns, `power` with one row per epoch; rounded to five digits, far finer than any chart. */
const spectraSchema = v.pipe(
  v.object({
    epoch: v.array(count),
    step: v.array(count),
    power: v.array(v.array(number)),
    inputPower: v.array(number),
  }),
  v.check(
    ({ epoch, step, power }) => epoch.length === step.length && epoch.length === power.length,
    'must have as many epochs as steps and powers',
  ),
  v.check(
    ({ power, inputPower }) => power.every(({ length }) => length === inputPower.length),
    'must have one number of radii',
  ),
);

/** `userDefinedMetadata.residua` of `model.json`. */
export const metadataSchema = v.object({
  version: v.literal(settingsVersion),
  config: runConfigSchema,
  categoryName: v.pipe(v.string(), v.maxLength(longestName, `must have at most ${longestName} characters`)),
  /** Losses as columns: far smaller than a list of records. */
  history: v.object({
    steps: v.pipe(
      v.object({
        step: v.array(count),
        epoch: v.array(count),
        loss: v.array(number),
        /** Absent if no step has a separate objective. */
        objective: v.optional(v.array(number)),
      }),
      v.check(
        ({ step, epoch, loss, objective = loss }) =>
          [epoch, loss, objective].every(({ length }) => length === step.length),
        'must have as many steps as epochs and losses',
      ),
    ),
    evaluations: v.array(evaluationSchema),
    /** Absent in older files. */
    spectra: v.optional(spectraSchema),
    /** Settings that changed during the run; absent if none did. `config` has the last values. */
    changes: v.optional(runChangesSchema),
  }),
  /** Metrics of the last evaluation; null if there is none. */
  metrics: v.nullable(
    v.object({
      imageAuroc: metricSchema,
      /** How the epoch of that evaluation was chosen; absent in older files. */
      epochChoice: v.optional(v.picklist(epochChoices)),
    }),
  ),
  /** The differences from the paper's experiment, in words, for readers; absent in older files. */
  paper: v.optional(v.object({ differences: v.array(v.string()), assumptions: v.array(v.string()) })),
  /** The threshold on the last evaluation's scores; absent if none was chosen. */
  threshold: v.optional(thresholdRecordSchema),
  /** CRC-32 of `weights.bin`; absent in older files. */
  weightsCrc32: v.optional(count),
  /** How an image becomes the model's input. */
  preprocessing: v.object({
    side: count,
    resize: v.literal('bilinear, antialiased (Pillow)'),
    range: v.tuple([v.literal(0), v.literal(1)]),
    channels: v.literal('RGB'),
  }),
  /** Kind of the batch-norm statistics in the weights. */
  batchNorm: v.picklist(batchNormModes),
  seed: count,
});

export type RunMetadata = v.InferOutput<typeof metadataSchema>;

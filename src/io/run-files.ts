/** A trained run as files: its content, and the schema of Residua's own part of `model.json`. */
import * as v from 'valibot';
import { batchNormModes, type RunConfig, runConfigSchema } from '#core/config.ts';
import { epochChoices } from '#core/epoch-choice.ts';
import { fits } from '#core/fit.ts';
import type { History } from '#core/history.ts';
import { type ThresholdRecord, thresholdRecordSchema } from '#core/metrics/threshold-record.ts';
import { categoryNameSchema, countSchema, historySchema, metricSchema } from '#core/stored-history.ts';
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

/** `userDefinedMetadata.residua` of `model.json`. */
export const metadataSchema = v.object({
  version: v.literal(settingsVersion),
  config: runConfigSchema,
  categoryName: categoryNameSchema,
  history: historySchema,
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
  weightsCrc32: v.optional(countSchema),
  /** How an image becomes the model's input. */
  preprocessing: v.object({
    side: countSchema,
    /** Absent before version 4, whose images are squeezed. */
    fit: v.optional(v.picklist(fits), 'squeeze'),
    resize: v.literal('bilinear, antialiased (Pillow)'),
    range: v.tuple([v.literal(0), v.literal(1)]),
    channels: v.literal('RGB'),
  }),
  /** Kind of the batch-norm statistics in the weights. */
  batchNorm: v.picklist(batchNormModes),
  seed: countSchema,
});

export type RunMetadata = v.InferOutput<typeof metadataSchema>;

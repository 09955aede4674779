/** The JSON header of a checkpoint's file: its schema, its version, and the migration of older ones. */
import * as v from 'valibot';
import { runConfigSchema } from '../config.ts';
import { describeIssue } from '../describe-issue.ts';
import {
  categoryNameSchema,
  countSchema,
  exactDigits,
  finiteOnly,
  historyFault,
  historySchema,
  toStoredHistory,
} from '../stored-history.ts';
import {
  migrateHistory,
  migrateSettings,
  readVersion,
  settingsVersion,
} from '../versions/settings-version.ts';
import { type Checkpoint, invalidCheckpoint } from './checkpoint.ts';

/** Version of the file. It rises with every change that an older page would misread. */
export const checkpointVersion = 1;

/** Migrates the header of version n, at index n - 1, to version n + 1. */
const migrations: readonly ((
  header: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>)[] = [];

const word = v.pipe(countSchema, v.maxValue(0xffffffff, 'must be at most 4294967295'));

/** The latest date that JavaScript represents, in milliseconds since 1970. */
const latestDate = 8.64e15;

const orderSchema = v.pipe(
  v.object({
    rng: v.pipe(v.tuple([word, word, word, word]), v.readonly()),
    permutation: v.array(countSchema),
    position: countSchema,
  }),
  v.check(({ permutation }) => {
    const seen = new Set(permutation);
    return seen.size === permutation.length && permutation.every((index) => index < permutation.length);
  }, 'must be an order of all images'),
);

/** The schema of a header of the present version. */
const headerSchema = v.object({
  settingsVersion: v.literal(settingsVersion),
  createdAt: v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(0, 'must be a date'),
    v.maxValue(latestDate, 'must be a date'),
  ),
  config: runConfigSchema,
  microBatch: v.pipe(countSchema, v.minValue(1, 'must be at least 1')),
  device: v.object({ backend: v.picklist(['webgpu', 'wasm']), name: v.string(), architecture: v.string() }),
  categoryName: categoryNameSchema,
  images: v.pipe(
    v.object({ paths: v.array(v.string()), checksums: v.array(word) }),
    v.check(({ paths, checksums }) => paths.length === checksums.length, 'must have a checksum per path'),
  ),
  heldOut: v.array(countSchema),
  history: historySchema,
  step: v.pipe(countSchema, v.minValue(1, 'must be at least 1')),
  lastGoodStep: countSchema,
  optimizerSteps: countSchema,
  order: orderSchema,
  finished: v.boolean(),
  evaluationOwed: v.boolean(),
  /** Lengths of the arrays after the header, in their order. */
  lengths: v.object({
    weights: countSchema,
    /** 0 if the last good weights are the present ones. */
    lastGoodWeights: countSchema,
    moments: countSchema,
    /** In bytes; 0 without past epochs. */
    past: countSchema,
  }),
});

/** The checked header of the present version. */
export type CheckpointHeader = v.InferOutput<typeof headerSchema>;

/**
 * Returns the header's text.
 * @throws ResiduaError `non-finite-loss` if the history contains NaN or an infinity
 */
export const headerText = ({ values, history, past, ...rest }: Checkpoint): string => {
  const { step, weights, lastGood, optimizer, order } = values;
  const header: CheckpointHeader = {
    settingsVersion,
    ...rest,
    images: { paths: [...rest.images.paths], checksums: [...rest.images.checksums] },
    heldOut: [...rest.heldOut],
    history: toStoredHistory(history, exactDigits),
    step,
    lastGoodStep: lastGood.step,
    optimizerSteps: optimizer.steps,
    order: { ...order, permutation: [...order.permutation] },
    lengths: {
      weights: weights.length,
      lastGoodWeights: lastGood.weights === weights ? 0 : lastGood.weights.length,
      moments: optimizer.moments.length,
      past: past?.byteLength ?? 0,
    },
  };
  return JSON.stringify(header, finiteOnly);
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw invalidCheckpoint('The header of the checkpoint is not an object.');
};

const migrated = (text: string, version: number): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidCheckpoint('The header of the checkpoint is not JSON.');
  }
  const header = migrations.slice(version - 1).reduce((older, migrate) => migrate(older), asRecord(value));
  const ofSettings = readVersion(header['settingsVersion'], 'The checkpoint', 'checkpoint-invalid');
  return {
    ...header,
    settingsVersion,
    config: migrateSettings(header['config'], ofSettings),
    history: migrateHistory(header['history'], ofSettings),
  };
};

/** The first part that contradicts another, in a sentence without its period. */
const faultOf = ({
  history,
  step,
  lastGoodStep,
  lengths,
  order,
  config,
}: CheckpointHeader): string | undefined => {
  const last = history.steps.step.at(-1) ?? 0;
  // A skipped step has no loss.
  const isLater = config.nonFiniteStep === 'skip' ? last > step : last !== step;
  if (isLater) return `history.steps ends at ${last}, but step is ${step}`;
  if (lastGoodStep > step) return `lastGoodStep is ${lastGoodStep}, but step is ${step}`;
  const { weights, lastGoodWeights } = lengths;
  if (lastGoodWeights !== 0 && lastGoodWeights !== weights)
    return `lengths.lastGoodWeights is ${lastGoodWeights}, but lengths.weights is ${weights}`;
  if (order.position % config.batch !== 0)
    return `order.position is ${order.position}, but config.batch is ${config.batch}`;
  return historyFault(history);
};

/**
 * Parses a header of any version up to the current one.
 * @throws ResiduaError `checkpoint-invalid`, naming the field that is missing, invalid or contradicts another
 */
export const parseHeader = (text: string, version: number): CheckpointHeader => {
  const result = v.safeParse(headerSchema, migrated(text, version));
  if (!result.success) {
    const [issue] = result.issues;
    throw invalidCheckpoint(
      `In the checkpoint, ${v.getDotPath(issue) ?? 'the header'} ${describeIssue(issue)}.`,
    );
  }
  const fault = faultOf(result.output);
  if (fault) throw invalidCheckpoint(`In the checkpoint, ${fault}.`);
  return result.output;
};

/** The stored form of retained runs: compact, versioned, and validated when read. */

import * as v from 'valibot';
import { parseRunConfig } from '#core/config.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { ResiduaError } from '#core/errors.ts';
import { fits } from '#core/fit.ts';
import { type Evaluation, stepRecord } from '#core/history.ts';
import { thresholdRecordSchema } from '#core/metrics/threshold-record.ts';
import { dataFactsSchema } from '#core/paper-differences/data-facts-schema.ts';
import { runChangesSchema } from '#core/run-change.ts';
import { type ColumnHistory, StepHistory } from '#core/step-history.ts';
import { count, finite, metricSchema, numbers, runReferencesSchema } from '#core/stored-schemas.ts';
import {
  migrateHistory,
  migrateSettings,
  readVersion,
  settingsVersion,
} from '#core/versions/settings-version.ts';
import type { RetainedRun } from './retained-run.ts';

/** The number of milliseconds that a date can have at most. */
const latestDate = 8.64e15;
const instant = v.pipe(finite, v.minValue(0, 'must be a date'), v.maxValue(latestDate, 'must be a date'));

const powers = v.custom<Float32Array>(
  (value) => value instanceof Float32Array && value.every(Number.isFinite),
  'must be a Float32Array of finite numbers',
);
const spectrumSchema = v.object({ epoch: count, step: count, power: powers, inputPower: powers });

/** The validated part of an evaluation; the rest is not checked. */
const evaluationSchema = v.looseObject({
  epoch: count,
  step: count,
  scores: numbers,
  imageAuroc: metricSchema,
});

/** Runs before version 4 were evaluated on squeezed images. */
const imagesSchema = v.object({
  category: v.string(),
  side: count,
  fit: v.optional(v.picklist(fits), 'squeeze'),
  testImages: count,
});

const decisionSchema = v.object({
  settings: v.record(v.string(), v.unknown()),
  policy: v.variant('kind', [
    v.object({ kind: v.literal('manual'), threshold: finite }),
    v.object({ kind: v.literal('f1-maximum') }),
    v.object({ kind: v.literal('good-quantile'), quantile: finite }),
  ]),
  policyChosen: v.boolean(),
  threshold: v.optional(thresholdRecordSchema),
});

const recordSchema = v.object({
  version: v.literal(settingsVersion),
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  note: v.string(),
  createdAt: instant,
  categoryName: v.string(),
  config: v.record(v.string(), v.unknown()),
  device: v.optional(v.string()),
  trainMs: v.optional(finite),
  /** Absent in older records. */
  data: v.optional(dataFactsSchema),
  /** Absent in older records, and for a run that trained alone. */
  race: v.optional(v.object({ id: v.pipe(v.string(), v.nonEmpty()), place: count })),
  summary: v.object({ parameterCount: count, stepsPerEpoch: count, microBatch: count }),
  /** Absent in records from before the past epochs were stored. */
  bytes: v.optional(v.object({ model: count, past: count })),
  /** Absent in records from before the baselines. */
  references: v.optional(runReferencesSchema),
  /** These three are absent in older records. */
  evaluatedOn: v.optional(imagesSchema),
  rescored: v.optional(v.array(v.object({ images: imagesSchema, evaluation: evaluationSchema }))),
  decision: v.optional(decisionSchema),
  /** Losses as columns, which need a hundredth of the time and a quarter of the space of a list of records. */
  steps: v.pipe(
    v.object({ step: numbers, epoch: numbers, loss: numbers, objective: v.optional(numbers) }),
    v.check(
      ({ step, epoch, loss, objective = loss }) =>
        [epoch, loss, objective].every(({ length }) => length === step.length),
      'must have as many steps as epochs and losses',
    ),
  ),
  evaluations: v.array(evaluationSchema),
  /** The rest of the history; `changes` is absent if no setting changed during the run. */
  others: v.looseObject({
    spectra: v.pipe(v.array(spectrumSchema), v.readonly()),
    changes: v.optional(runChangesSchema),
  }),
});

/** The stored form of a run. */
export type RunRecord = v.InferOutput<typeof recordSchema>;

/** Returns the record of a run. */
export const toRecord = ({ history: { steps, evaluations, ...others }, ...run }: RetainedRun): RunRecord => ({
  version: settingsVersion,
  ...run,
  config: { ...run.config },
  rescored: run.rescored?.map(({ images, evaluation }) => ({ images, evaluation: { ...evaluation } })),
  decision: run.decision && { ...run.decision, settings: { ...run.decision.settings } },
  steps: {
    step: steps.column('step').slice(),
    epoch: steps.column('epoch').slice(),
    loss: steps.column('loss').slice(),
    ...(steps.hasObjectives ? { objective: steps.column('objective').slice() } : {}),
  },
  evaluations: evaluations.map((evaluation) => ({ ...evaluation })),
  others: { ...others },
});

/** The record's version guarantees the parts without a schema: the rest of an evaluation and of a history. */
const readHistory = ({ steps, evaluations, others }: RunRecord): ColumnHistory => ({
  ...(others as unknown as Omit<ColumnHistory, 'steps' | 'evaluations'>),
  steps: StepHistory.of(Array.from(steps.step, (_, index) => stepRecord(steps, index))),
  evaluations: evaluations as unknown as Evaluation[],
});

const damaged = (what: string): ResiduaError =>
  new ResiduaError('storage-failed', `The record is damaged: ${what}.`, 'Delete it.');

/** Rescored evaluations and the decision have the settings of an evaluation, as the history has. */
const migrateRescored = (value: object, version: number): object => {
  const migrateOne = (evaluation: unknown): unknown =>
    migrateHistory({ evaluations: [evaluation] }, version).evaluations[0];
  const { rescored, decision } = value as { readonly rescored?: unknown; readonly decision?: unknown };
  return {
    ...(Array.isArray(rescored)
      ? { rescored: rescored.map((one) => ({ ...one, evaluation: migrateOne(one?.evaluation) })) }
      : {}),
    ...(typeof decision === 'object' && decision !== null && 'settings' in decision
      ? { decision: { ...decision, settings: migrateOne(decision.settings) } }
      : {}),
  };
};

const migrated = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('version' in value)) return value;
  if (value.version === undefined) return value;
  const version = readVersion(value.version, 'The record', 'storage-failed');
  const config = migrateSettings('config' in value ? value.config : undefined, version);
  return {
    ...migrateHistory(value, version),
    ...migrateRescored(value, version),
    version: settingsVersion,
    config,
  };
};

/**
 * Parses a record, and migrates one of an older version.
 * @throws ResiduaError `storage-failed` for a newer version or a damaged record, `config-invalid` for
 *   settings that are unknown to this page
 */
export const parseRecord = (value: unknown): RetainedRun => {
  const result = v.safeParse(recordSchema, migrated(value));
  if (!result.success) {
    const [issue] = result.issues;
    throw damaged(`${v.getDotPath(issue) ?? 'it'} ${describeIssue(issue)}`);
  }
  const {
    version: _,
    steps: _steps,
    evaluations: _evaluations,
    others: _others,
    config,
    ...rest
  } = result.output;
  return {
    ...rest,
    device: rest.device,
    trainMs: rest.trainMs,
    references: rest.references,
    rescored: rest.rescored as unknown as RetainedRun['rescored'],
    decision: rest.decision as unknown as RetainedRun['decision'],
    config: parseRunConfig(config),
    history: readHistory(result.output),
  };
};

/** Reads the id and the name of a record, even if the rest is damaged. */
export const labelOf = (record: unknown): { readonly id: string; readonly name: string | undefined } => {
  const { id, name } = record as { readonly id?: unknown; readonly name?: unknown };
  return { id: String(id), name: typeof name === 'string' && name !== '' ? name : undefined };
};

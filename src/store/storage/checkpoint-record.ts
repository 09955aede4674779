/** The form in which the browser's database has the facts about a checkpoint. */
import * as v from 'valibot';
import { lossNames, sides } from '#core/config.ts';
import { describeIssue } from '#core/describe-issue.ts';
import { ResiduaError } from '#core/errors.ts';
import { fits } from '#core/fit.ts';
import type { StoredCheckpoint } from './stored-checkpoint.ts';

/** Version of the records; the files have a version of their own. */
const recordVersion = 2;

const count = v.pipe(
  v.number(),
  v.safeInteger('must be a whole number'),
  v.minValue(0, 'must be at least 0'),
);

/** The number of milliseconds that a date can have at most. */
const latestDate = 8.64e15;

const recordSchema = v.object({
  version: v.picklist([1, recordVersion]),
  runId: v.pipe(v.string(), v.nonEmpty()),
  step: count,
  epoch: count,
  epochs: count,
  createdAt: v.pipe(v.number(), v.minValue(0, 'must be a date'), v.maxValue(latestDate, 'must be a date')),
  categoryName: v.string(),
  losses: v.pipe(v.array(v.picklist(lossNames)), v.minLength(1, 'must name a loss')),
  side: v.picklist(sides),
  /** Absent in version 1, whose images are squeezed. */
  fit: v.optional(v.picklist(fits), 'squeeze'),
  trainMs: v.optional(v.pipe(v.number(), v.finite('must be finite'), v.minValue(0, 'must be at least 0'))),
  raceId: v.optional(v.string()),
  bytes: count,
});

/** The stored form of the facts. */
export type CheckpointRecord = v.InferOutput<typeof recordSchema>;

/** Returns the record of a checkpoint. */
export const toCheckpointRecord = ({ losses, ...checkpoint }: StoredCheckpoint): CheckpointRecord => ({
  version: recordVersion,
  ...checkpoint,
  losses: [...losses],
});

/**
 * Parses a record.
 * @throws ResiduaError `storage-failed` for a newer version or a damaged record
 */
export const parseCheckpointRecord = (value: unknown): StoredCheckpoint => {
  const result = v.safeParse(recordSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    const what = `${v.getDotPath(issue) ?? 'it'} ${describeIssue(issue)}`;
    throw new ResiduaError(
      'storage-failed',
      `The record of the checkpoint is damaged, or a newer page wrote it: ${what}.`,
      'Reload the page to update Residua, or delete the checkpoint.',
    );
  }
  const { version: _, ...checkpoint } = result.output;
  return { ...checkpoint, trainMs: checkpoint.trainMs };
};

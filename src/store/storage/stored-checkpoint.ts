/** The facts about a checkpoint in the browser's storage. */
import type { RunConfig } from '#core/config.ts';
import type { CheckpointFile } from '#worker/protocol.ts';

/** A checkpoint of a run or of a race, without its files. */
export interface StoredCheckpoint {
  /** The same for all checkpoints of a run or race. */
  readonly runId: string;
  /** Completed optimizer steps of all contestants together. */
  readonly step: number;
  /** Completed epochs of the present run. */
  readonly epoch: number;
  /** Planned epochs of the present run. */
  readonly epochs: number;
  /** In milliseconds since 1970 (UTC). */
  readonly createdAt: number;
  readonly categoryName: string;
  /** Losses of the contestants, the present run's first; only one if it trains alone. */
  readonly losses: readonly RunConfig['loss'][];
  /** Side S of the images in pixels. */
  readonly side: RunConfig['side'];
  readonly fit: RunConfig['fit'];
  /** Milliseconds of training so far; undefined if unknown, as for a checkpoint from files. */
  readonly trainMs: number | undefined;
  /** Id of the race in retained runs; undefined if the run trains alone. */
  readonly raceId?: string | undefined;
  /** Bytes of all files. */
  readonly bytes: number;
}

/**
 * Returns the facts about a checkpoint of a run.
 * @param files one per contestant, the present run's first
 * @throws RangeError without files
 */
export const describeCheckpoint = (
  runId: string,
  files: readonly CheckpointFile[],
  { trainMs, raceId }: Pick<StoredCheckpoint, 'trainMs' | 'raceId'>,
): StoredCheckpoint => {
  const first = files[0]?.info;
  if (!first) throw new RangeError('A checkpoint has at least one file.');
  return {
    runId,
    step: files.reduce((sum, { info }) => sum + info.step, 0),
    epoch: first.epoch,
    epochs: first.config.epochs,
    createdAt: first.createdAt,
    categoryName: first.categoryName,
    losses: files.map(({ info }) => info.config.loss),
    side: first.config.side,
    fit: first.config.fit,
    trainMs,
    raceId,
    bytes: files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
  };
};

/** A record that is damaged or of a newer page. It stays in the storage. */
export interface UnreadableCheckpoint extends Pick<StoredCheckpoint, 'runId' | 'step'> {
  /** Its category, if that can be read. */
  readonly name: string | undefined;
  /** Why it cannot be read, in whole sentences. */
  readonly reason: string;
}

/** A checkpoint: everything that an exact resume of a run needs. */
import type { RunConfig } from '../config.ts';
import type { DeviceReport } from '../device.ts';
import { ResiduaError } from '../errors.ts';
import type { History } from '../history.ts';
import type { ImageChecksums } from './image-checksums.ts';
import type { RunValues } from './run-values.ts';

/** The device that trained a run, as far as its numbers depend on it. */
export type CheckpointDevice = Pick<DeviceReport, 'backend' | 'name' | 'architecture'>;

/** A run between two steps. */
export interface Checkpoint {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The present settings, with the changes during the run. */
  readonly config: RunConfig;
  /** Images that pass through the model at once: batch norm depends on it. */
  readonly microBatch: number;
  readonly device: CheckpointDevice;
  readonly categoryName: string;
  readonly images: ImageChecksums;
  /** Samples that the run holds out, ascending. */
  readonly heldOut: readonly number[];
  readonly history: History;
  readonly values: RunValues;
  /** Whether the run is finished: it can only train on with more epochs. */
  readonly finished: boolean;
  /** Whether an evaluation was interrupted, which then comes before the next step. */
  readonly evaluationOwed: boolean;
  /** Bytes of `past.bin`; undefined if the past epochs are left out. */
  readonly past: ArrayBuffer | undefined;
}

/** Facts about a checkpoint, to list it and to offer its resume. */
export interface CheckpointInfo
  extends Pick<Checkpoint, 'createdAt' | 'config' | 'categoryName' | 'device' | 'finished'> {
  /** Completed optimizer steps. */
  readonly step: number;
  /** Whole epochs trained. */
  readonly epoch: number;
}

/** Describes a checkpoint. */
export const checkpointInfo = (checkpoint: Checkpoint): CheckpointInfo => {
  const { createdAt, config, categoryName, device, finished, values } = checkpoint;
  const { step, order } = values;
  const stepsPerEpoch = Math.ceil(order.permutation.length / config.batch);
  const epoch = Math.floor(step / stepsPerEpoch);
  return { createdAt, config, categoryName, device, finished, step, epoch };
};

/** Refuses the bytes of a checkpoint. @param problem a sentence */
export const invalidCheckpoint = (
  problem: string,
  remedy = 'Resume an earlier checkpoint, or train again.',
): ResiduaError => new ResiduaError('checkpoint-invalid', problem, remedy);

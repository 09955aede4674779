/** Decides what follows a loss of the device, from the losses before it. */
import type { DeviceReport } from '#core/device.ts';
import type { ErrorCode } from '#core/errors.ts';

/** More losses than these within a minute mean that the device is of no use. */
const mostLosses = 3;
const windowMs = 60_000;
/** A silent worker is noticed after minutes, and the limit for the next one is longer. */
const silentWindowMs = 3_600_000;

/** A loss of the device or of the worker. */
export interface Loss {
  readonly code: ErrorCode;
  readonly atMs: number;
  readonly backend: DeviceReport['backend'];
  /** Images that pass through the model at once; undefined if nothing trains. */
  readonly microBatch: number | undefined;
}

/**
 * `reopen`: opens the device again. `halve`: the same, with half the micro-batch. `offer-processor`: waits on the processor.
 * `fail`: gives up.
 */
export type RecoveryAction = 'reopen' | 'halve' | 'offer-processor' | 'fail';

/** The losses that count, as times in milliseconds, and what follows the last one. */
export interface AfterLoss {
  readonly losses: readonly number[];
  readonly action: RecoveryAction;
}

/**
 * Decides what follows a loss. Exhausted memory does not count: halving ends by itself. The third silence within an hour ends the
 * run: its own work hangs.
 * @param earlier the losses that counted until now
 */
export const afterLoss = (
  earlier: readonly number[],
  { code, atMs, backend, microBatch }: Loss,
): AfterLoss => {
  if (code === 'out-of-memory' && microBatch !== undefined)
    return { losses: earlier, action: microBatch > 1 ? 'halve' : 'fail' };
  const isSilent = code === 'worker-silent';
  const countedMs = isSilent ? silentWindowMs : windowMs;
  const losses = [...earlier, atMs].filter((lossMs) => atMs - lossMs < countedMs);
  if (losses.length < mostLosses) return { losses, action: 'reopen' };
  return { losses: [], action: backend === 'webgpu' && !isSilent ? 'offer-processor' : 'fail' };
};

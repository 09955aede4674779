/** Makes checkpoints of a session's runs. */
import { type Checkpoint, checkpointInfo } from '#core/checkpoint/checkpoint.ts';
import { writeCheckpoint } from '#core/checkpoint/checkpoint-file.ts';
import { imageChecksums } from '#core/checkpoint/image-checksums.ts';
import type { DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { trainingSplit } from '#core/training-split.ts';
import type { CheckpointFile } from './protocol.ts';
import { type PresentRun, pastFile } from './run-requests.ts';
import { notContinuable } from './session-errors.ts';

const nothingToKeep = (): ResiduaError =>
  new ResiduaError(
    'no-run',
    'A checkpoint needs a run that has trained a step and has not failed.',
    'Train first.',
  );

const plainDevice = ({ backend, name, architecture }: DeviceReport): Checkpoint['device'] => ({
  backend,
  name,
  architecture,
});

/**
 * Makes a checkpoint at the next boundary between two steps. Training goes on, with the same bits.
 * @param withPast whether it contains the past epochs, if at least two fit
 * @throws ResiduaError `no-run` if nothing is trained yet, or the run failed or came from files; `cancelled` if the run ends;
 *   `checkpoint-invalid` if a weight is not finite
 */
export const checkpointOf = async (
  present: PresentRun,
  device: DeviceReport,
  withPast: boolean,
): Promise<CheckpointFile> => {
  const { run, trainer, images, summary, imported } = present;
  if (imported) throw notContinuable();
  return trainer.betweenSteps(async () => {
    const { status, history, presentConfig: config, isEvaluationOwed } = trainer;
    if (status.step === 0 || status.phase === 'failed') throw nothingToKeep();
    const checkpoint: Checkpoint = {
      createdAt: Date.now(),
      config,
      microBatch: summary.microBatch,
      device: plainDevice(device),
      categoryName: images.name,
      images: imageChecksums(images),
      heldOut: trainingSplit(images.samples, config).heldOut,
      history,
      values: await run.readState(),
      finished: status.phase === 'finished',
      evaluationOwed: isEvaluationOwed,
      past: withPast ? pastFile(present, history.steps) : undefined,
    };
    return { info: checkpointInfo(checkpoint), bytes: writeCheckpoint(checkpoint) };
  });
};

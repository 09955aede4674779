/** Says what a recovery did. */
import type { PlainError } from '#core/errors.ts';
import type { RecoveryAction } from './losses.ts';
import type { RecoveryNotice } from './state.ts';

/** What became of the present run. */
export type RecoveredRun =
  /** The page had none, or one that needs no device. */
  | { readonly kind: 'none' }
  /** It came from files, or had failed: its weights were on the device only. */
  | { readonly kind: 'dropped' }
  | {
      readonly kind: 'restored';
      /** Completed optimizer steps. */
      readonly step: number;
      readonly trains: boolean;
      readonly microBatch: number | undefined;
    };

/** A recovery that has ended. */
export interface Recovery {
  readonly cause: PlainError;
  readonly action: Exclude<RecoveryAction, 'fail'>;
  /** Epoch of the present run at the loss; undefined without a run. */
  readonly epoch: number | undefined;
  /** Whether the run has moved from the graphics device to the processor. */
  readonly toProcessor: boolean;
  readonly run: RecoveredRun;
}

const happened = ({ code }: PlainError): string => {
  if (code === 'worker-ended') return 'The training worker ended unexpectedly';
  if (code === 'worker-silent') return 'The training worker stopped answering';
  return code === 'out-of-memory' ? 'The graphics device ran out of memory' : 'The graphics device was lost';
};

/** The title of a recovery, also of one under way. */
export const recoveryTitle = (cause: PlainError, epoch: number | undefined): string =>
  epoch === undefined ? `${happened(cause)}.` : `${happened(cause)} at epoch ${epoch}.`;

const place = ({ step, trains }: Extract<RecoveredRun, { kind: 'restored' }>): string => {
  if (step === 0) return trains ? 'Training started again' : 'The run is at its start';
  return trains ? `Training resumed from step ${step}` : `The run is at step ${step}`;
};

const images = (count: number): string =>
  count === 1 ? 'single images' : `micro-batches of ${count} images`;

const detailOf = ({ run, action, toProcessor }: Recovery): string => {
  switch (run.kind) {
    case 'none':
      return toProcessor ? 'The processor is used instead.' : 'It was opened again.';
    case 'dropped':
      return 'It was opened again, without the model that was on it. Open that run again.';
    case 'restored': {
      const halved =
        action === 'halve' && run.microBatch !== undefined
          ? ` with ${images(run.microBatch)}: batch norm sees each separately`
          : '';
      return `${place(run)}${halved}${toProcessor ? ' on the processor' : ''}.`;
    }
  }
};

/** Words the notice of a recovery. */
export const recoveryNotice = (recovery: Recovery): RecoveryNotice => {
  const { cause, action, epoch, run } = recovery;
  if (action !== 'offer-processor' || run.kind !== 'restored')
    return { title: recoveryTitle(cause, epoch), detail: detailOf(recovery), offersProcessor: false };
  const where = run.step === 0 ? 'its start' : `step ${run.step}`;
  return {
    title: 'The graphics device was lost three times within a minute.',
    detail: `The run waits at ${where}. Continue on the processor?`,
    offersProcessor: true,
  };
};

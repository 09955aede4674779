/** Follows the loss of the device and of the worker. The code of the recovery is loaded at the start-up. */
import { asResiduaError, endsDeviceOnly, type PlainError } from '#core/errors.ts';
import { patch } from '../app-state.ts';
import type { RunActions } from '../run/actions.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { failForGood, type LoadedRecovery, type RecoveryParts, type TakeFailure } from './recovery-parts.ts';

/** Actions on the notice of a recovery. They never reject: errors go to `run.error`. */
export interface RecoveryActions {
  /** Accepts the offer: trains the run on, which waits on the processor. */
  continueOnProcessor(): Promise<void>;
  /** Closes the notice. */
  dismiss(): void;
}

export const recoveryPolicy: QueuePolicy<RecoveryActions> = {
  continueOnProcessor: 'allow',
  dismiss: 'allow',
};

/**
 * Creates the actions.
 * @param showAgain requests the view of the shown image
 */
export const createRecovery = (
  parts: RecoveryParts,
  run: Pick<RunActions, 'start'>,
  showAgain: () => Promise<void>,
): RecoveryActions & { readonly take: TakeFailure; readonly watch: () => Promise<void> } => {
  const { api, training } = parts;
  let known: LoadedRecovery | undefined;
  const loaded = async (): Promise<LoadedRecovery> => {
    const { RunRecovery } = await import('./recover-run.ts');
    known ??= new RunRecovery(parts);
    return known;
  };

  const recover = async (failure: PlainError): Promise<void> => {
    patch(api, 'recovery', { underWay: true, notice: undefined });
    try {
      // The requests wait from here on, also for the code.
      await training.replaceWorker(async (start) => (await loaded()).recover(failure, start));
    } catch (thrown) {
      failForGood(api, asResiduaError(thrown).toPlain());
    } finally {
      patch(api, 'recovery', { underWay: false });
    }
    if (api.getState().run.device.phase === 'ready') await showAgain();
  };

  const take: TakeFailure = (failure) => {
    const { run: present, recovery } = api.getState();
    if (!endsDeviceOnly(failure)) return false;
    if (recovery.underWay) known?.note(failure);
    else if (present.device.phase === 'ready') void recover(failure);
    else return false;
    return true;
  };

  return {
    take,
    // Without this code, from a server that has gone, a hang is not noticed; the page works on.
    watch: () =>
      loaded().then(
        (code) => code.watch(take),
        () => undefined,
      ),
    continueOnProcessor: async () => {
      patch(api, 'recovery', { notice: undefined });
      await run.start();
    },
    dismiss: () => patch(api, 'recovery', { notice: undefined }),
  };
};

/** What the code of the recovery needs from the rest of the store, and what it offers once it is loaded. */
import type { PlainError } from '#core/errors.ts';
import type { FreshWorker, TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import type { PresentRunFollower } from '../runs/present-run.ts';
import type { LoadedStorage } from '../storage/storage-parts.ts';

/** The rest of the store, as far as the recovery needs it. */
export interface RecoveryParts extends Pick<Clients, 'nowMs' | 'everySecond'> {
  readonly api: StateApi;
  readonly training: Pick<TrainingClient, 'request' | 'replaceWorker'>;
  readonly dataset: Pick<DatasetLoader, 'imagesAgain'>;
  readonly present: PresentRunFollower;
  readonly storage: () => Promise<LoadedStorage>;
}

/** Takes a failure over, and returns true, if the run can go on after it. */
export type TakeFailure = (failure: PlainError) => boolean;

/** Shows that the present run, and with it the device, has failed for good. */
export const failForGood = (api: StateApi, error: PlainError): void => {
  const { status } = api.getState().run;
  patch(api, 'run', {
    error,
    failure: error,
    device: { phase: 'failed', error },
    status: { ...status, phase: 'failed', activity: undefined },
  });
};

/** Recovers from one loss after the other. */
export interface LoadedRecovery {
  /**
   * Gives the next worker the device, the images and the run, if need be several times. An error that ends the run goes to
   * `run.error`.
   * @param start starts the next worker
   */
  recover(failure: PlainError, start: () => Promise<FreshWorker>): Promise<void>;
  /** Notes a failure of the worker that is being given the run. */
  note(failure: PlainError): void;
  /**
   * Watches the worker while it trains, from now on.
   * @param take receives the failure of a worker that does not answer
   */
  watch(take: TakeFailure): void;
}

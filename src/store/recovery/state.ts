/** The recovery from a lost graphics device, from exhausted memory, and from the end of the training worker. */

/** What has happened to the training, in whole sentences. */
export interface RecoveryNotice {
  readonly title: string;
  readonly detail: string;
  /** Whether the run waits on the processor for the user's consent. */
  readonly offersProcessor: boolean;
}

export interface RecoveryState {
  /** Whether the worker is being replaced. */
  readonly underWay: boolean;
  /** Undefined if nothing has happened, or the user has closed it. */
  readonly notice: RecoveryNotice | undefined;
}

export const initialRecovery: RecoveryState = { underWay: false, notice: undefined };

/** Long work in pieces, between which the thread does what else it is asked for. */
export interface InTurns {
  /** Asked between micro-batches; where it says no, the work ends without a result. */
  readonly mayGoOn: () => boolean;
  /** Told of the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

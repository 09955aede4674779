/** Errors whose messages a user understands, and their crossing of the worker boundary. */

/** What went wrong, as a stable name that code and tests can switch on. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-wasm'
  | 'adapter-too-small'
  | 'device-lost'
  | 'out-of-memory'
  | 'not-a-category'
  | 'mixed-layouts'
  | 'no-training-images'
  | 'no-test-images'
  | 'unreadable-image'
  | 'config-invalid'
  | 'non-finite-loss'
  | 'non-finite-score'
  | 'import-invalid'
  | 'storage-full'
  | 'storage-failed'
  | 'no-run'
  | 'queue-running'
  /** Told not to go on: no failure, and nothing of it is ever shown. */
  | 'cancelled'
  | 'internal';

/** An error as plain data: what crosses a worker boundary or goes to a shell. */
export interface PlainError {
  readonly code: ErrorCode;
  /** What happened: names the file or value and what was expected. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: string;
}

/**
 * An error meant for the user. `message` is `problem` followed by `remedy`, both whole sentences.
 */
export class ResiduaError extends Error {
  override readonly name = 'ResiduaError';
  readonly code: ErrorCode;
  readonly problem: string;
  readonly remedy: string;

  constructor(code: ErrorCode, problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem} ${remedy}`.trim(), options);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The same error as structured-cloneable data. */
  toPlain(): PlainError {
    return { code: this.code, problem: this.problem, remedy: this.remedy };
  }

  /** The error that `toPlain` was taken from. */
  static fromPlain({ code, problem, remedy }: PlainError): ResiduaError {
    return new ResiduaError(code, problem, remedy);
  }
}

/** Any thrown value as a `ResiduaError`: one of ours unchanged, anything else as `internal` with its own message. */
export const asResiduaError = (thrown: unknown): ResiduaError => {
  if (thrown instanceof ResiduaError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ResiduaError(
    'internal',
    `Something failed inside Residua: ${message}.`,
    'Please reload the page and report this with the message above.',
    { cause: thrown },
  );
};

/** What work ends with that was told not to go on. */
export const cancelled = (): ResiduaError =>
  new ResiduaError('cancelled', 'The work was stopped before it was done.', 'Start it again.');

/** Whether something was thrown because work was told not to go on. */
export const isCancelled = (thrown: unknown): boolean =>
  thrown instanceof ResiduaError && thrown.code === 'cancelled';

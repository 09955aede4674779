/** Errors for the user, and their transfer across the worker boundary. */

/** The kind of problem: a stable name that code and tests can switch on. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-wasm'
  | 'adapter-too-small'
  | 'device-lost'
  | 'out-of-memory'
  /** The training worker ended by itself. */
  | 'worker-ended'
  /** The training worker answers nothing for longer than its work can take. */
  | 'worker-silent'
  | 'not-a-category'
  | 'mixed-layouts'
  | 'no-training-images'
  | 'no-test-images'
  | 'unreadable-image'
  /** An archive of images is damaged or expands to too much. */
  | 'archive-invalid'
  | 'config-invalid'
  | 'non-finite-loss'
  | 'non-finite-score'
  | 'import-invalid'
  | 'checkpoint-invalid'
  /** The loaded images are not those of the checkpoint. */
  | 'other-images'
  | 'storage-full'
  | 'storage-failed'
  | 'no-device'
  | 'no-images'
  | 'no-run'
  /** The library of runs has no run with this id. */
  | 'unknown-run'
  /** An earlier request to the run has not been answered yet. */
  | 'busy'
  | 'queue-running'
  /** Canceled on request: not a failure, and never shown. */
  | 'cancelled'
  | 'internal';

/** An error as plain data, to cross a worker boundary or go to a shell. */
export interface PlainError {
  readonly code: ErrorCode;
  /** What happened: names the file or value, and the expected one. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: string;
}

/**
 * An error for the user. `message` is `problem` followed by `remedy`, both whole sentences.
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

  /** Restores an error from `toPlain`. */
  static fromPlain({ code, problem, remedy }: PlainError): ResiduaError {
    return new ResiduaError(code, problem, remedy);
  }
}

/** Converts any thrown value: a `ResiduaError` stays as it is, anything else becomes `internal` with its own message. */
export const asResiduaError = (thrown: unknown): ResiduaError => {
  if (thrown instanceof ResiduaError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ResiduaError(
    'internal',
    `Residua failed internally: ${message}.`,
    'Reload the page, and report this message.',
    { cause: thrown },
  );
};

/** Whether an error ends the device or the worker but not the run, which goes on from its last checkpoint. */
export const endsDeviceOnly = ({ code }: Pick<PlainError, 'code'>): boolean =>
  code === 'device-lost' || code.startsWith('worker-') || code === 'out-of-memory';

/** The error of canceled work. */
export const cancelled = (): ResiduaError =>
  new ResiduaError('cancelled', 'The work was canceled.', 'Start it again.');

/** Whether an error means that the work was canceled. */
export const isCancelled = (thrown: unknown): boolean =>
  thrown instanceof ResiduaError && thrown.code === 'cancelled';

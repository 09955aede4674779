/** Errors of the browser's storage. */
import { ResiduaError } from '#core/errors.ts';

const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');

/**
 * The error of a failed request to the storage.
 * @param problem a sentence without its end
 */
export const storageFailure = (problem: string, remedy: string, thrown: unknown): ResiduaError =>
  new ResiduaError('storage-failed', `${problem}: ${reasonOf(thrown)}.`, remedy, { cause: thrown });

/**
 * The error of a failed write: `storage-full` if there is no room.
 * @param what the subject of a sentence
 * @param remedies what the user can do if the storage is full, and after any other failure
 */
export const whileWriting = (
  what: string,
  remedies: { readonly full: string; readonly other: string },
  thrown: unknown,
): ResiduaError =>
  thrown instanceof DOMException && thrown.name === 'QuotaExceededError'
    ? new ResiduaError(
        'storage-full',
        `The browser's storage is full: ${what} could not be stored.`,
        remedies.full,
        {
          cause: thrown,
        },
      )
    : storageFailure(`${what[0]?.toUpperCase()}${what.slice(1)} could not be stored`, remedies.other, thrown);

/** A transaction of the browser's database that writes everything or nothing. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';

/**
 * Performs writes in one transaction on these object stores.
 * @param write sends the requests, and may await them; no other work may be awaited
 * @throws (as rejection) what `write` throws, or the cause of an aborted transaction instead of a request's error; then
 *   nothing is written
 */
export const writeWhole = async <Schema extends DBSchema, Names extends ArrayLike<StoreNames<Schema>>>(
  database: IDBPDatabase<Schema>,
  names: Names,
  write: (transaction: IDBPTransaction<Schema, Names, 'readwrite'>) => Promise<void>,
): Promise<void> => {
  const transaction = database.transaction(names, 'readwrite');
  const done = transaction.done.then(
    () => undefined,
    (thrown: unknown) => ({ thrown: transaction.error ?? thrown }),
  );
  try {
    await write(transaction);
  } catch (thrown) {
    // A request that throws does not abort the transaction, which would still write the other requests.
    if (!transaction.error) transaction.abort();
    await done;
    throw transaction.error ?? thrown;
  }
  const failed = await done;
  if (failed) throw failed.thrown;
};

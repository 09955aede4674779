/** The finished runs that come with the page, read from its file `pair.bin` on a thread of their own. */
import type { RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { History } from '#core/history.ts';
import { RpcClient } from './rpc.ts';

/** A bundled run as files, with the facts that the page shows without importing it. */
export interface BundledRun {
  readonly files: ExportedRun;
  readonly config: RunConfig;
  /** Category of the training images. */
  readonly categoryName: string;
  readonly history: History;
  readonly parameterCount: number;
}

/** Request name -> [arguments, result]. */
export interface BundledRunsRequests {
  /** Downloads and expands the file at this address; the buffers of the result are transferred. */
  read: [{ readonly url: string }, readonly BundledRun[]];
}

/**
 * Reads the runs in `pair.bin`: WFDL, then L2.
 * @param url address of the file
 * @throws ResiduaError (as rejection) `internal` if it cannot be loaded or read
 */
export const readBundledRuns = async (url: string): Promise<readonly BundledRun[]> => {
  const worker = new Worker(new URL('./bundled-runs.worker.ts', import.meta.url), { type: 'module' });
  const rpc = new RpcClient<BundledRunsRequests, Record<never, never>>(worker);
  worker.addEventListener('error', ({ message }) =>
    rpc.rejectAll(
      new ResiduaError('internal', `The bundled runs cannot be read: ${message}.`, 'Train a run yourself.'),
    ),
  );
  try {
    return await rpc.request('read', { url });
  } finally {
    worker.terminate();
  }
};

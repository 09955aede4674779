/** Work of requests on a session's device, and the changes of the device. */
import { cancelled, isCancelled } from '#core/errors.ts';
import { type WorkOptions, withSignal } from '#training/yield-point.ts';

/** Resolves with the promise, or rejects with the signal's reason as soon as it is aborted. */
const unlessAborted = async (promise: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> => {
  if (!signal) return void (await promise);
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  await Promise.race([promise, aborted]);
};

/**
 * Separates work on the device from changes of the device: tensors of one device are of no use on another. A change interrupts
 * the work in progress and waits for its end; later work waits for the change.
 */
export class DeviceWork {
  private interruption = new AbortController();
  private readonly inProgress = new Set<Promise<unknown>>();
  private changing: Promise<unknown> = Promise.resolve();

  /**
   * Performs work when no change is in progress. Interrupted work starts again after the change.
   * @param work may ignore its signal: a change then waits for its end
   * @throws the reason of the options' signal, as soon as it is aborted before the work starts; any error of the work
   */
  async perform<T>(options: WorkOptions, work: (options: WorkOptions) => Promise<T>): Promise<T> {
    let awaited: Promise<unknown>;
    do {
      awaited = this.changing;
      await unlessAborted(awaited, options.signal);
    } while (awaited !== this.changing);
    const { signal } = this.interruption;
    const result = work(withSignal(options, signal));
    const end = result.catch(() => undefined);
    this.inProgress.add(end);
    try {
      return await result;
    } catch (thrown) {
      if (!isCancelled(thrown) || !signal.aborted || options.signal?.aborted) throw thrown;
    } finally {
      this.inProgress.delete(end);
    }
    return this.perform(options, work);
  }

  /** Changes the device while no work is in progress. After an error of the change, work goes on as well. */
  change<T>(change: () => Promise<T>): Promise<T> {
    const result = this.changing.then(async () => {
      this.interruption.abort(cancelled());
      await Promise.all(this.inProgress);
      this.interruption = new AbortController();
      return change();
    });
    this.changing = result.catch(() => undefined);
    return result;
  }
}

/** Long work on a worker's thread: how its caller follows and cancels it, and where it handles messages. */

/** How the caller of long work follows and cancels it. */
export interface WorkOptions {
  /** Aborting cancels the work at its next yield point, or before it starts; the work rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the completed share, 0 to 1, after each piece. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Returns the options for a part of the work.
 * @param from completed share of the whole when the part starts
 * @param size the part's share of the whole
 */
export const partOf = ({ signal, onProgress }: WorkOptions, from: number, size: number): WorkOptions => ({
  signal,
  onProgress: (share) => onProgress?.(from + size * share),
});

/** The same options for work that a second signal cancels as well. */
export const withSignal = ({ signal, onProgress }: WorkOptions, second: AbortSignal): WorkOptions => ({
  signal: signal ? AbortSignal.any([signal, second]) : second,
  onProgress,
});

/** Resolves in a separate task, after waiting messages, without the 4 ms delay of nested timers. */
export const yieldToMessages = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/**
 * Ends one piece of the work: reports the completed share and lets waiting messages through. Complete work is never
 * canceled.
 * @throws the signal's reason if it is aborted and the share is below 1
 */
export const yieldPoint = async (share: number, { signal, onProgress }: WorkOptions): Promise<void> => {
  onProgress?.(share);
  await yieldToMessages();
  if (share < 1) signal?.throwIfAborted();
};

/**
 * Yields the items one by one, with a yield point after each.
 * @throws the signal's reason if it is aborted, also before the first item
 */
export async function* interruptible<T>(items: readonly T[], options: WorkOptions): AsyncGenerator<T> {
  options.signal?.throwIfAborted();
  for (const [index, item] of items.entries()) {
    yield item;
    await yieldPoint((index + 1) / items.length, options);
  }
}

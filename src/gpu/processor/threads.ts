/** Gives a processor more threads. */
import type { Processor } from './processor.ts';
import type { ThreadSetup } from './thread-work.ts';

/** One thread that serves. */
export interface Thread {
  stop(): void;
}

/** Starts one thread; resolves when it can take part. */
export type StartThread = (setup: ThreadSetup) => Promise<Thread>;

/** The most threads that share one step: its commands are short, and each waits for the slowest thread. */
export const mostThreads = 16;

const startWorker: StartThread = (setup) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = () => resolve({ stop: () => worker.terminate() });
    worker.onerror = ({ message }) => reject(new Error(message || 'A thread did not start.'));
    worker.postMessage(setup);
  });

/**
 * Starts threads until the processor has `count` of them, the owner's included. All or none take part.
 * @param count from 1 to `mostThreads`
 * @param limitMs longest wait for all of them
 * @returns whether they take part
 */
export const addThreads = async (
  processor: Processor,
  count: number,
  limitMs: number,
  startThread: StartThread = startWorker,
): Promise<boolean> => {
  const starting = Array.from({ length: count - processor.threads }, () =>
    startThread(processor.threadSetup()),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  const threads = await Promise.race([Promise.all(starting).catch(() => undefined), late]);
  clearTimeout(timer);
  if (threads) {
    processor.runOnThreads(count);
    return true;
  }
  // Threads that come too late would wait for lists for ever.
  for (const thread of starting) thread.then(({ stop }) => stop()).catch(() => undefined);
  return false;
};

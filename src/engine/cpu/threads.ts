/** Adds threads to a processor. */
import type { Processor } from './processor.ts';
import type { ThreadSetup } from './thread-work.ts';

/** One thread, possibly still starting. */
export interface Thread {
  /** Resolves when the thread can join. */
  readonly ready: Promise<void>;
  stop(): void;
}

/** Starts one thread. */
export type StartThread = (setup: ThreadSetup) => Thread;

/** The most threads for one step: commands are short, and each command waits for its slowest thread. */
export const mostThreads = 16;

const startWorker: StartThread = (setup) => {
  const worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => reject(new Error(message || 'A thread did not start.'));
  });
  worker.postMessage(setup);
  return { ready, stop: () => worker.terminate() };
};

/**
 * Starts threads until the processor has `count` threads, including the owner's. Either all of them join or
 * none.
 * @param count from 1 to `mostThreads`
 * @param limitMs longest wait for all threads
 * @returns whether the threads have joined
 */
export const addThreads = async (
  processor: Processor,
  count: number,
  limitMs: number,
  startThread: StartThread = startWorker,
): Promise<boolean> => {
  const threads = Array.from({ length: count - processor.threads }, () =>
    startThread(processor.threadSetup()),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  const all = Promise.all(threads.map(({ ready }) => ready)).then(
    () => true,
    () => false,
  );
  const started = await Promise.race([all, late]);
  clearTimeout(timer);
  if (started) {
    processor.runOnThreads(count);
    return true;
  }
  // A thread that starts too late would wait for lists forever.
  for (const { stop } of threads) stop();
  return false;
};

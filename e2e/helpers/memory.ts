/** The memory of the page and of its training worker, after a garbage collection. */
import type { CDPSession, Page } from '@playwright/test';

export interface MemoryUse {
  /** Bytes of JavaScript objects and array buffers in the page. */
  readonly pageBytes: number;
  /** The same in the training worker. */
  readonly workerBytes: number;
  /** Tensors of the training worker. */
  readonly tensors: number;
  /** Bytes that the training holds on its device. */
  readonly deviceBytes: number;
}

type Send = (method: string) => Promise<unknown>;

/** Sends commands to a worker, through the page that started it: Playwright has no session of its own for workers. */
const connectWorker = async (devtools: CDPSession, isWanted: (url: string) => boolean): Promise<Send> => {
  const replies = new Map<number, (result: unknown) => void>();
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result }: { readonly id?: number; readonly result?: unknown } = JSON.parse(message);
    if (id !== undefined) replies.get(id)?.(result);
  });
  const attached = new Promise<string>((resolve) => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (isWanted(targetInfo.url)) resolve(sessionId);
    });
  });
  await devtools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let last = 0;
  return (method) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      replies.set(id, resolve);
      devtools
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
        .catch(reject);
    });
};

const heapBytes = async (send: Send): Promise<number> => {
  // What a finalizer releases goes with the second.
  await send('HeapProfiler.collectGarbage');
  await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await send('Runtime.getHeapUsage')) as {
    readonly usedSize: number;
    readonly backingStorageSize: number;
  };
  return usedSize + backingStorageSize;
};

/** The part of tfjs's engine that it leaves on the global object. */
interface Tfjs {
  readonly _tfengine: { readonly state: { readonly numTensors: number } };
}

/**
 * Returns a function that measures.
 * @param page with its training worker started
 */
export const openMemory = async (page: Page): Promise<() => Promise<MemoryUse>> => {
  const devtools = await page.context().newCDPSession(page);
  const isTraining = (url: string): boolean => url.includes('training.worker');
  const toWorker = await connectWorker(devtools, isTraining);
  const toPage: Send = (method) => devtools.send(method as 'Runtime.getHeapUsage');
  const worker = page.workers().find((candidate) => isTraining(candidate.url()));
  if (!worker) throw new Error('The page has no training worker.');
  return async () => ({
    pageBytes: await heapBytes(toPage),
    workerBytes: await heapBytes(toWorker),
    tensors: await worker.evaluate(() => (globalThis as unknown as Tfjs)._tfengine.state.numTensors),
    deviceBytes: await page.evaluate(() => window.residua.store.getState().run.status.deviceBytes),
  });
};

/**
 * The slope of a series against its index: the median of the slopes between all pairs (Theil and Sen), which one outlier does
 * not move.
 */
export const medianSlope = (values: readonly number[]): number => {
  const slopes = values
    .flatMap((value, index) =>
      values.slice(index + 1).map((later, distance) => (later - value) / (distance + 1)),
    )
    .sort((a, b) => a - b);
  if (slopes.length === 0) throw new Error('A slope needs two values.');
  const middle = Math.floor(slopes.length / 2);
  return slopes.length % 2 === 1 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2;
};

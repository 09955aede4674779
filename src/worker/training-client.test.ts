import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ImageSet } from '#core/dataset.ts';
import { type PlainError, ResiduaError } from '#core/errors.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import type { TrainingEvents, TrainingRequests } from './protocol.ts';
import { eventEmitter, type RequestHandlers, serveRpc } from './rpc.ts';
import { createTrainingClient, type TrainingWorker } from './training-client.ts';

const lost = (): ResiduaError => new ResiduaError('device-lost', 'The device was lost.', 'Open it again.');

/** A worker in this thread; `fail` raises its error event. Without handlers it answers nothing. */
const fakeWorker = (handlers: Partial<RequestHandlers<TrainingRequests>>) => {
  const listeners: ((event: MessageEvent) => void)[] = [];
  const toWorker: ((event: MessageEvent) => void)[] = [];
  const errors: ((event: ErrorEvent) => void)[] = [];
  const send = (to: typeof listeners, message: unknown): void => {
    const data = structuredClone(message);
    queueMicrotask(() => {
      for (const listener of to) listener({ data } as MessageEvent);
    });
  };
  let terminated = false;
  const inside = {
    postMessage: (message: unknown) => send(listeners, message),
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => void toWorker.push(listener),
  };
  serveRpc(inside, handlers as RequestHandlers<TrainingRequests>);
  const worker = {
    postMessage: (message: unknown) => send(toWorker, message),
    addEventListener: (type: string, listener: never) => {
      (type === 'error' ? errors : listeners).push(listener);
    },
    terminate: () => {
      terminated = true;
    },
  } as TrainingWorker;
  return {
    worker,
    emit: eventEmitter<TrainingEvents>(inside),
    fail: () => {
      for (const listener of errors) listener({ message: 'out of its mind' } as ErrorEvent);
    },
    isTerminated: () => terminated,
  };
};

/** A client whose workers have these handlers, one after the other. */
const connected = (...ofWorkers: Partial<RequestHandlers<TrainingRequests>>[]) => {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const client = createTrainingClient(() => {
    workers.push(fakeWorker(ofWorkers[workers.length] ?? {}));
    return workers.at(-1)!.worker;
  });
  const failures: PlainError[] = [];
  client.on('failure', (failure) => failures.push(failure));
  return { client, workers, failures };
};

const never = () => new Promise<never>(() => {});
const lowCut = [{ bandLow: 1, imageAuroc: { defined: true, value: 0.5 } }] as const;
const noImages = () => undefined;

afterEach(() => {
  vi.useRealTimers();
});

describe('a training worker that ends by itself', () => {
  it('is a failure, and rejects its requests if nothing replaces it', async () => {
    const { client, workers, failures } = connected({ lowCutCurve: never });
    const request = client.request('lowCutCurve', { cutoffs: [] });
    workers[0]!.fail();
    await expect(request).rejects.toMatchObject({ code: 'worker-ended', problem: /out of its mind/ });
    expect(failures).toMatchObject([{ code: 'worker-ended', remedy: /Reload the page/ }]);
  });
});

describe('a replaced training worker', () => {
  it('leaves its requests to the next one, in order, after what restores that', async () => {
    const order: string[] = [];
    const answers = (name: string) => ({
      copyImages: noImages,
      start: async () => void order.push(`${name} start`),
      openRun: () => {
        order.push(`${name} openRun`);
        return { side: 32, fit: 'squeeze' } as const;
      },
      lowCutCurve: () => {
        order.push(`${name} curve`);
        return lowCut;
      },
    });
    const { client, failures, workers } = connected(
      { ...answers('first'), lowCutCurve: never },
      answers('next'),
    );
    const asked = client.request('lowCutCurve', { cutoffs: [] });
    let later: Promise<unknown> | undefined;
    await client.replaceWorker(async (start) => {
      const fresh = await start();
      later = client.request('openRun', { modelJson: '', weights: new ArrayBuffer(0) });
      await fresh.request('start');
    });
    expect(await asked).toEqual(lowCut);
    expect(await later).toEqual({ side: 32, fit: 'squeeze' });
    expect(order).toEqual(['next start', 'next curve', 'next openRun']);
    expect(failures).toEqual([]);
    expect(workers.map(({ isTerminated }) => isTerminated())).toEqual([true, false]);
  });

  it('is no longer heard, and the next one is', async () => {
    const { client, workers } = connected({ copyImages: noImages });
    const heard: unknown[] = [];
    client.on('kept', (kept) => heard.push(kept));
    await client.replaceWorker(async (start) => {
      workers[0]!.emit('kept', [{ epoch: 1, step: 1 }]);
      await start();
      workers[1]!.emit('kept', [{ epoch: 2, step: 2 }]);
    });
    await expect.poll(() => heard).toEqual([[{ epoch: 2, step: 2 }]]);
  });

  it('cancels a request whose images went with it', async () => {
    const { client } = connected({ copyImages: noImages, loadImages: never });
    const request = client.request('loadImages', tinyImages(4, 1, 0));
    const refused = expect(request).rejects.toMatchObject({ code: 'cancelled' });
    await client.replaceWorker(async (start) => void (await start()));
    await refused;
  });

  it.each<[string, Partial<RequestHandlers<TrainingRequests>>, boolean, ImageSet | undefined]>([
    ['hands its images over', { copyImages: () => tinyImages(4, 1, 0) }, false, tinyImages(4, 1, 0)],
    ['is not asked for images once it has ended', { copyImages: () => tinyImages(4, 1, 0) }, true, undefined],
    ['is not waited for if it does not answer', { copyImages: never }, false, undefined],
  ])('%s', async (_, handlers, hasEnded, expected) => {
    vi.useFakeTimers();
    const { client, workers } = connected(handlers);
    if (hasEnded) workers[0]!.fail();
    let images: ImageSet | undefined;
    const replaced = client.replaceWorker(async (start) => {
      images = (await start()).images;
    });
    await vi.advanceTimersByTimeAsync(2000);
    await replaced;
    expect(images).toEqual(expected);
  });
});

describe('a request that finds its device lost', () => {
  const onLostDevice = {
    copyImages: noImages,
    lowCutCurve: () => {
      throw lost();
    },
  };

  it('rejects with that error if nothing replaces the worker', async () => {
    const { client, failures } = connected(onLostDevice);
    await expect(client.request('lowCutCurve', { cutoffs: [] })).rejects.toEqual(lost());
    expect(failures).toEqual([lost().toPlain()]);
  });

  it('is answered by the worker that replaces it', async () => {
    const { client } = connected(onLostDevice, { lowCutCurve: () => lowCut });
    client.on('failure', () => void client.replaceWorker(async (start) => void (await start())));
    expect(await client.request('lowCutCurve', { cutoffs: [] })).toEqual(lowCut);
  });
});

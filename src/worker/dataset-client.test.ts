import { describe, expect, it } from 'vitest';
import { ResiduaError } from '#core/errors.ts';
import type { DecodeOutcome } from '#data/assemble.ts';
import type { DecodedSample, DecodeJob } from '#data/decode/decode-sample.ts';
import {
  archivesIn,
  DecodePool,
  type DecodeRequests,
  type DecodeWorker,
  decodeWorkerCount,
} from './dataset-client.ts';
import { serveRpc } from './rpc.ts';

const jobOf = (index: number): DecodeJob => ({
  source: { kind: 'synthetic', seed: 0, index },
  side: 1,
  fit: 'squeeze',
  thumbnailSide: 1,
});

const decodedOf = (job: DecodeJob): DecodedSample => ({
  width: job.source.kind === 'synthetic' ? job.source.index : -1,
  height: 1,
  transparent: false,
  rotated: false,
  pixels: new Uint8Array(3),
  thumbnail: new Uint8ClampedArray(4),
  mask: undefined,
  maskEmpty: false,
  maskThin: false,
  maskCropped: false,
  maskProblem: undefined,
  contentHash: undefined,
});

/** A worker in this thread, over a message channel; `fail` raises the worker's error event. */
const fakeWorker = (decode: (job: DecodeJob) => Promise<DecodedSample>) => {
  const { port1, port2 } = new MessageChannel();
  serveRpc<DecodeRequests>(port2, {
    decode,
    original: () => ({ width: 1, height: 1, pixels: new Uint8ClampedArray(4) }),
  });
  port1.start();
  port2.start();
  const errors = new EventTarget();
  const worker: DecodeWorker = {
    postMessage: (message: unknown) => port1.postMessage(message),
    addEventListener: (type: string, listener: EventListenerOrEventListenerObject) =>
      (type === 'error' ? errors : port1).addEventListener(type, listener),
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
  return {
    worker,
    fail: () => errors.dispatchEvent(Object.assign(new Event('error'), { message: 'broken module' })),
  };
};

const poolOf = (size: number, decode: (job: DecodeJob) => Promise<DecodedSample>) => {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const pool = new DecodePool(size, () => {
    const started = fakeWorker(decode);
    workers.push(started);
    return started.worker;
  });
  return { pool, workers };
};

const jobs = Array.from({ length: 7 }, (_, index) => jobOf(index));

describe('the decode pool', () => {
  it('uses all cores except one, 1 to 4', () => {
    expect([1, 2, 3, 5, 64].map(decodeWorkerCount)).toEqual([1, 1, 2, 4, 4]);
  });

  it('assigns every job once, one at a time to each worker, and reuses its workers', async () => {
    let running = 0;
    let most = 0;
    const { pool, workers } = poolOf(3, async (job) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return decodedOf(job);
    });
    for (let round = 0; round < 2; round++) {
      const widths: number[] = [];
      await pool.decodeAll(jobs, (index, outcome) => {
        widths[index] = outcome instanceof ResiduaError ? -1 : outcome.width;
      });
      expect(widths).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
    expect([most, workers.length]).toEqual([3, 3]);
    pool.dispose();
  });

  it('returns an unreadable image as an outcome and continues', async () => {
    const { pool } = poolOf(2, async (job) => {
      const decoded = decodedOf(job);
      if (decoded.width === 2) throw new ResiduaError('unreadable-image', 'It is empty: 0 bytes.', '');
      return decoded;
    });
    const outcomes: DecodeOutcome[] = [];
    await pool.decodeAll(jobs, (index, outcome) => {
      outcomes[index] = outcome;
    });
    expect(outcomes.map((outcome) => outcome instanceof ResiduaError)).toEqual(
      jobs.map((_, index) => index === 2),
    );
    pool.dispose();
  });

  it('fails on any other error', async () => {
    const { pool } = poolOf(2, async () => {
      throw new RangeError('a fault of ours');
    });
    await expect(pool.decodeAll(jobs, () => {})).rejects.toMatchObject({ code: 'internal' });
    pool.dispose();
  });

  it('stops with the reason of the signal, and assigns no further jobs', async () => {
    const controller = new AbortController();
    let started = 0;
    const { pool } = poolOf(1, async (job) => {
      if (++started === 3) controller.abort(new Error('another folder was dropped'));
      return decodedOf(job);
    });
    const done: number[] = [];
    await expect(pool.decodeAll(jobs, (index) => done.push(index), controller.signal)).rejects.toThrow(
      'another folder was dropped',
    );
    expect([done, started]).toEqual([[0, 1], 3]);
    pool.dispose();
  });

  it('rejects the jobs in progress if a worker fails, and starts new workers for the next list', async () => {
    let hang = true;
    const { pool, workers } = poolOf(2, (job) =>
      hang ? new Promise(() => {}) : Promise.resolve(decodedOf(job)),
    );
    const first = pool.decodeAll(jobs, () => {});
    workers[1].fail();
    await expect(first).rejects.toThrow('A decode worker ended: broken module');
    hang = false;
    let done = 0;
    await pool.decodeAll(jobs, () => done++);
    expect([done, workers.length]).toEqual([7, 4]);
    pool.dispose();
  });
});

describe('the archives of a drop', () => {
  const drop = (...paths: readonly string[]) => paths.map((path) => ({ path, file: new File(['x'], path) }));

  it('are opened, unless images lie beside them', () => {
    const names = (...paths: readonly string[]) => archivesIn(drop(...paths)).map(({ path }) => path);
    expect(names('a.tar.xz', 'b/c.ZIP', 'd.tgz', 'readme.txt')).toEqual(['a.tar.xz', 'b/c.ZIP', 'd.tgz']);
    expect(names('mvtec/a.tar.xz', 'mvtec/a/train/good/0.png')).toEqual([]);
    expect(names('notes.gz', 'tar')).toEqual([]);
  });
});

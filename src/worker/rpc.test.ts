import { afterEach, describe, expect, it, vi } from 'vitest';
import { cancelled, ResiduaError } from '#core/errors.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { eventEmitter, type MessageEndpoint, RpcClient, serveRpc, Transferred } from './rpc.ts';

interface Requests {
  double: [number, number];
  bytes: [undefined, Uint8Array];
  refuse: [undefined, undefined];
  crash: [undefined, undefined];
  never: [undefined, undefined];
  count: [number, number];
}

interface Events {
  progress: number;
}

const open: MessageChannel[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const { port1, port2 } of open.splice(0)) {
    port1.close();
    port2.close();
  }
});

const connect = () => {
  const channel = new MessageChannel();
  open.push(channel);
  const { port1, port2 } = channel;
  port1.start();
  port2.start();
  const bytes = Uint8Array.of(1, 2, 3);
  serveRpc<Requests>(port1 as MessageEndpoint, {
    double: async (value) => value * 2,
    bytes: () => new Transferred(bytes, [bytes.buffer]),
    refuse: () => {
      throw new ResiduaError('no-run', 'There is no run.', 'Train one.');
    },
    crash: () => {
      throw new TypeError('x is undefined');
    },
    never: () => new Promise(() => {}),
    count: async (last, { signal, onProgress }) => {
      for (let done = 1; done <= last; done++) {
        vi.advanceTimersByTime(1000);
        onProgress(done / last);
        await new Promise((resolve) => setImmediate(resolve));
        if (signal.aborted) throw cancelled();
      }
      return last;
    },
  });
  const client = new RpcClient<Requests, Events>(port2 as MessageEndpoint);
  return { client, emit: eventEmitter<Events>(port1 as MessageEndpoint), bytes };
};

describe('the worker messages', () => {
  it('answer each request with its own result, in any order', async () => {
    const { client } = connect();
    expect(await Promise.all([client.request('double', 2), client.request('double', 5)])).toEqual([4, 10]);
  });

  it('move a transferred buffer instead of copying it', async () => {
    const { client, bytes } = connect();
    expect(Array.from(await client.request('bytes'))).toEqual([1, 2, 3]);
    expect(bytes.byteLength).toBe(0);
  });

  it('carry a user error whole: code, problem and remedy', async () => {
    const { client } = connect();
    const error = await client.request('refuse').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResiduaError);
    expect(error).toMatchObject({ code: 'no-run', problem: 'There is no run.', remedy: 'Train one.' });
  });

  it('wrap any other error and keep its message', async () => {
    const { client } = connect();
    await expect(client.request('crash')).rejects.toMatchObject({ code: 'internal' });
    await expect(client.request('crash')).rejects.toThrow('x is undefined');
  });

  it('deliver events until the listener is removed', async () => {
    const { client, emit } = connect();
    const seen: number[] = [];
    const stop = client.on('progress', (value) => seen.push(value));
    emit('progress', 1);
    await client.request('double', 1);
    stop();
    emit('progress', 2);
    await client.request('double', 1);
    expect(seen).toEqual([1]);
  });

  it('report the progress and time left of a request only to its caller', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { client } = connect();
    const told: ShareDone[] = [];
    const others: ShareDone[] = [];
    const [counted] = await Promise.all([
      client.request('count', 4, { onProgress: (done) => told.push(done) }),
      client.request('double', 1, { onProgress: (done) => others.push(done) }),
    ]);
    expect(counted).toBe(4);
    expect(told.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(told[1]?.remainingMs).toBe(2000);
    expect(others).toEqual([]);
  });

  it('cancel a request, which rejects once the other end has stopped', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { client } = connect();
    const abort = new AbortController();
    const told: ShareDone[] = [];
    const counted = client.request('count', 1000, {
      signal: abort.signal,
      onProgress: (done) => {
        told.push(done);
        abort.abort();
      },
    });
    await expect(counted).rejects.toMatchObject({ code: 'cancelled' });
    expect(told.length).toBeLessThan(1000);
    await expect(client.request('double', 2, { signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('reject pending requests when the other end is gone', async () => {
    const { client } = connect();
    const waiting = client.request('never');
    client.rejectAll(new ResiduaError('internal', 'Gone.', 'Reload.'));
    await expect(waiting).rejects.toThrow('Gone.');
  });
});

import { describe, expect, it } from 'vitest';
import { cancelled } from '#core/errors.ts';
import { canceledBefore, canceledWhen } from './testing/canceled-work.ts';
import { interruptible, partOf, type WorkOptions, withSignal } from './yield-point.ts';

const items = ['a', 'b', 'c', 'd'];

const collect = async (options: WorkOptions): Promise<{ seen: string[]; rejected: unknown }> => {
  const seen: string[] = [];
  try {
    for await (const item of interruptible(items, options)) seen.push(item);
    return { seen, rejected: undefined };
  } catch (rejected) {
    return { seen, rejected };
  }
};

describe('interruptible work', () => {
  it('visits all items in order and reports the share after each', async () => {
    const shares: number[] = [];
    const { seen } = await collect(partOf({ onProgress: (share) => shares.push(share) }, 0.5, 0.5));
    expect(seen).toEqual(items);
    expect(shares).toEqual([0.625, 0.75, 0.875, 1]);
  });

  it('ends with the reason of its signal at the next yield point', async () => {
    const { seen, rejected } = await collect(canceledWhen((share) => share === 0.5));
    expect(seen).toEqual(['a', 'b']);
    expect(rejected).toMatchObject({ code: 'cancelled' });
  });

  it('does nothing if it is canceled before it starts', async () => {
    expect(await collect(canceledBefore())).toMatchObject({ seen: [], rejected: { code: 'cancelled' } });
  });

  it('resolves if it is canceled when it is complete', async () => {
    expect(await collect(canceledWhen((share) => share === 1))).toEqual({ seen: items, rejected: undefined });
  });

  it('is canceled by either of two signals', async () => {
    const aborted = AbortSignal.abort(cancelled());
    const { signal } = new AbortController();
    for (const options of [withSignal({}, aborted), withSignal({ signal }, aborted)]) {
      expect((await collect(options)).seen).toEqual([]);
    }
    expect((await collect(withSignal(canceledBefore(), signal))).seen).toEqual([]);
  });

  it('lets messages through between two items', async () => {
    const order: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => order.push('message');
    port2.postMessage(undefined);
    for await (const item of interruptible(['first', 'second', 'third'], {})) order.push(item);
    port1.close();
    expect(order.indexOf('message')).toBeLessThan(order.indexOf('third'));
  });
});

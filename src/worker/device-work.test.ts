import { describe, expect, it } from 'vitest';
import { cancelled } from '#core/errors.ts';
import { type WorkOptions, yieldPoint, yieldToMessages } from '#training/yield-point.ts';
import { DeviceWork } from './device-work.ts';

/** Work of a few pieces that notes its start and end. */
const pieces =
  (notes: string[], name: string) =>
  async (options: WorkOptions): Promise<string> => {
    notes.push(`${name} starts`);
    for (let piece = 1; piece <= 3; piece++) await yieldPoint(piece / 4, options);
    notes.push(`${name} ends`);
    return name;
  };

describe('DeviceWork', () => {
  it('interrupts work for a change, and starts it again afterward', async () => {
    const work = new DeviceWork();
    const notes: string[] = [];
    const view = work.perform({}, pieces(notes, 'view'));
    await yieldToMessages();
    const change = work.change(async () => void notes.push('change'));
    expect(await view).toBe('view');
    await change;
    expect(notes).toEqual(['view starts', 'change', 'view starts', 'view ends']);
  });

  it('lets work that ignores the interruption end first, and later work wait', async () => {
    const work = new DeviceWork();
    const notes: string[] = [];
    const earlier = work.perform({}, () => pieces(notes, 'earlier')({}));
    await yieldToMessages();
    const changes = ['first', 'second'].map((name) =>
      work.change(async () => void (await pieces(notes, name)({}))),
    );
    const later = work.perform({}, pieces(notes, 'later'));
    await Promise.all([earlier, later, ...changes]);
    const order = ['earlier', 'first', 'second', 'later'];
    expect(notes).toEqual(order.flatMap((name) => [`${name} starts`, `${name} ends`]));
  });

  it('cancels waiting work at once, and ends interrupted work that its caller has canceled', async () => {
    const work = new DeviceWork();
    const notes: string[] = [];
    const abort = new AbortController();
    const running = work.perform({ signal: abort.signal }, pieces(notes, 'running'));
    await yieldToMessages();
    let finish = (): void => undefined;
    const change = work.change(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const waiting = work.perform({ signal: abort.signal }, pieces(notes, 'waiting'));
    abort.abort(cancelled());
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(notes).toEqual(['running starts']);
    finish();
    await change;
  });

  it('performs work after a change that fails', async () => {
    const work = new DeviceWork();
    const change = work.change(() => Promise.reject(new Error('no adapter')));
    const later = work.perform({}, pieces([], 'later'));
    await expect(change).rejects.toThrow('no adapter');
    expect(await later).toBe('later');
  });
});

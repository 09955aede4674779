import { expect, it, vi } from 'vitest';
import { Imports } from './run-import.ts';

it('cancels each import for the next one, and starts none that was canceled first', async () => {
  const imports = new Imports();
  const log: string[] = [];
  const work = (name: string) => async (signal: AbortSignal) => {
    log.push(`${name} starts`);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    log.push(`${name} ends`);
    signal.throwIfAborted();
  };
  const results = [imports.perform(work('first'))];
  await vi.waitFor(() => expect(log).toEqual(['first starts']));
  // Both wait for the first one; the third cancels the second before it starts.
  results.push(imports.perform(work('second')));
  results.push(imports.perform(async () => void log.push('third starts')));
  const settled = await Promise.allSettled(results);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(settled[1]).toMatchObject({ reason: { code: 'cancelled' } });
  expect(log).toEqual(['first starts', 'first ends', 'third starts']);
});

it('has no import in progress once it was canceled', async () => {
  const imports = new Imports();
  const never = vi.fn();
  const result = imports.perform(never);
  await Promise.all([imports.cancel(), expect(result).rejects.toMatchObject({ code: 'cancelled' })]);
  expect(never).not.toHaveBeenCalled();
});

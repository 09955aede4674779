import { expect, it } from 'vitest';
import { fakeLocks } from '../testing/fake-storage.ts';
import { createRunLocks } from './run-locks.ts';

it('a run belongs to the page that claimed it first, until that page releases it', async () => {
  const browser = fakeLocks();
  const [one, other] = [createRunLocks(browser), createRunLocks(browser)];
  expect(await one.claim('a')).toBe(true);
  expect(await one.claim('a')).toBe(true);
  expect(await other.claim('a')).toBe(false);
  expect(await other.claim('b')).toBe(true);
  expect([...(await one.elsewhere())]).toEqual(['b']);
  expect([...(await other.elsewhere())]).toEqual(['a']);
  other.release('a');
  expect(await other.claim('a')).toBe(false);
  one.release('a');
  await expect.poll(() => other.claim('a')).toBe(true);
  expect([...(await other.elsewhere())]).toEqual([]);
});

import { expect, it } from 'vitest';
import { equalItems, unequalItems } from './packed-items.ts';

const bytes = (length: number): Uint8Array => new Uint8Array(length);

it('items of one length close the gaps of unused ones', () => {
  const items = equalItems(3, 2, bytes);
  for (const slot of [2, 0, 1]) items.set(slot, Uint8Array.of(slot, slot));
  expect([...items.pack([false, true, true])]).toEqual([1, 1, 2, 2]);
});

it('items of any length follow each other in the order of their slots', () => {
  const items = unequalItems(bytes);
  items.set(2, Uint8Array.of(2, 2, 2));
  items.set(0, Uint8Array.of(9));
  expect([...items.pack([true, false, true])]).toEqual([9, 2, 2, 2]);
});

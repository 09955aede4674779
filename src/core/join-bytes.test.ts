import { expect, it } from 'vitest';
import { joinBytes } from './join-bytes.ts';

it('joined bytes follow each other in a new array', () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)];
  expect(joinBytes(parts)).toEqual(Uint8Array.of(1, 2, 3));
  expect(joinBytes([])).toEqual(new Uint8Array(0));
  expect(joinBytes([parts[0]!]).buffer).not.toBe(parts[0]!.buffer);
});

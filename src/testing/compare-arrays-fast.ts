/**
 * Setup of all tests: typed arrays with the same bits are equal at once. `toEqual` alone takes seconds for the weights of a small
 * model, because it compares number by number with all of its rules.
 */
import { expect } from 'vitest';

const isTypedArray = (value: unknown): value is Uint8Array | Float32Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

const bytesOf = (a: ArrayBufferView): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength);

/** Whether two memories have the same bytes. */
const haveEqualBytes = (a: ArrayBufferView, b: ArrayBufferView): boolean => {
  if (a.byteLength !== b.byteLength) return false;
  const [left, right] = [bytesOf(a), bytesOf(b)];
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
};

/**
 * Compares two typed arrays of one kind by their bits.
 * @returns true if they are equal; undefined leaves the decision, and its message, to `toEqual`
 */
export const equalByBits = (a: unknown, b: unknown): true | undefined => {
  if (!isTypedArray(a) || !isTypedArray(b) || a.constructor !== b.constructor) return undefined;
  return haveEqualBytes(a, b) || undefined;
};

/** Files that share a thread or a page share `expect`, and each of them runs this setup. */
const added = Symbol.for('residua.compare-arrays-fast');

if (!Reflect.has(globalThis, added)) {
  Reflect.set(globalThis, added, true);
  expect.addEqualityTesters([equalByBits]);
}

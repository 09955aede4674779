import { describe, expect, it } from 'vitest';
import { alignmentBytes, Heap } from './heap.ts';

/** A heap on a memory without a limit, and the heap's requests for memory. */
const growing = () => {
  const asked: number[] = [];
  let end = 0;
  const heap = new Heap((bytes) => {
    asked.push(bytes);
    end += bytes;
    return end - bytes;
  });
  return { heap, asked };
};

describe('Heap', () => {
  it('gives a freed piece to the next that fits, and splits it', () => {
    const { heap, asked } = growing();
    const first = heap.allocate(1024);
    heap.allocate(64);
    heap.release(first);
    expect(heap.allocate(512)).toBe(first);
    expect(heap.allocate(512)).toBe(first + 512);
    expect(asked).toEqual([1024, 64]);
  });

  it('joins free neighbors on both sides', () => {
    const { heap, asked } = growing();
    const pieces = [256, 256, 256].map((bytes) => heap.allocate(bytes));
    heap.release(pieces[0]!);
    heap.release(pieces[2]!);
    heap.release(pieces[1]!);
    expect(heap.allocate(768)).toBe(pieces[0]);
    expect(asked).toHaveLength(3);
  });

  it('aligns every piece to a cache line and counts what it uses', () => {
    const { heap } = growing();
    const addresses = [1, 65, 4].map((bytes) => heap.allocate(bytes));
    for (const address of addresses) expect(address % alignmentBytes).toBe(0);
    expect(heap.usedBytes).toBe(4 * alignmentBytes);
    heap.release(addresses[1]!);
    expect(heap.usedBytes).toBe(2 * alignmentBytes);
    expect(heap.peakBytes).toBe(4 * alignmentBytes);
    expect(heap.pieces).toBe(2);
  });

  it('never hands out a byte twice in a long mixed run', () => {
    const { heap } = growing();
    const held = new Map<number, number>();
    let state = 7;
    for (let round = 0; round < 2000; round++) {
      state = (state * 48_271) % 2_147_483_647;
      if (state % 3 === 0 && held.size > 0) {
        const address = [...held.keys()][state % held.size]!;
        heap.release(address);
        held.delete(address);
        continue;
      }
      const bytes = 1 + (state % 5000);
      const address = heap.allocate(bytes);
      const overlaps = [...held].some(([other, size]) => address < other + size && other < address + bytes);
      expect(overlaps).toBe(false);
      held.set(address, bytes);
    }
  });

  it('refuses an address that is not in use', () => {
    const { heap } = growing();
    const address = heap.allocate(8);
    heap.release(address);
    expect(() => heap.release(address)).toThrow(RangeError);
  });
});

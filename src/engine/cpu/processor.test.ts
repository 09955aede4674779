import { describe, expect, it } from 'vitest';
import * as kernels from './kernel-numbers.ts';
import { floatWord, Processor } from './processor.ts';

const fillCall = (target: number, value: number, size: number) => ({
  kernel: kernels.fill,
  words: [target, floatWord(value), size],
  chunks: Math.ceil(size / 16_384),
});

describe('Processor', () => {
  it('runs a kernel over all of its chunks and no float beyond', () => {
    const processor = new Processor();
    const size = 3 * 16_384 + 5;
    const address = processor.heap.allocate((size + 1) * 4);
    processor.floatsAt(address, size + 1).fill(1);
    processor.run(fillCall(address, 2.5, size));
    const values = processor.floatsAt(address, size + 1);
    expect(values.subarray(0, size).every((value) => value === 2.5)).toBe(true);
    expect(values[size]).toBe(1);
  });

  it('runs a list again and again', () => {
    const processor = new Processor();
    const address = processor.heap.allocate(16);
    const list = processor.writeList([fillCall(address, 1, 4), fillCall(address, 7, 2)]);
    for (let round = 0; round < 3; round++) {
      processor.floatsAt(address, 4).fill(0);
      processor.runList(list);
      expect([...processor.floatsAt(address, 4)]).toEqual([7, 7, 1, 1]);
    }
  });

  it('grows its memory when pieces no longer fit', () => {
    const processor = new Processor();
    const bytes = 8 << 20;
    const addresses = [0, 1].map(() => processor.heap.allocate(bytes));
    processor.run(fillCall(addresses[1]!, 3, bytes / 4));
    expect(processor.floatsAt(addresses[1]!, bytes / 4).at(-1)).toBe(3);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { KernelCall } from './command-device.ts';
import * as kernels from './kernel-numbers.ts';
import { floatWord, Processor } from './processor.ts';
import { startNodeThread, stopNodeThreads } from './testing/node-threads.ts';
import { addThreads, type StartThread } from './threads.ts';

afterEach(stopNodeThreads);

const size = 40 * 16_384;
const chunks = 40;

/** Fills everything, then the first half, again and again: a thread that ran ahead would leave a trace. */
const alternating = (address: number, rounds: number): KernelCall[] =>
  Array.from({ length: rounds }, (_, round) => [
    { kernel: kernels.fill, words: [address, floatWord(round), size], chunks },
    { kernel: kernels.fill, words: [address, floatWord(-round), size / 2], chunks: chunks / 2 },
  ]).flat();

describe('addThreads', () => {
  it('runs each list with all threads, one command after the other', async () => {
    const processor = new Processor();
    expect(await addThreads(processor, 4, 20_000, startNodeThread)).toBe(true);
    expect(processor.threads).toBe(4);
    const address = processor.heap.allocate(size * 4);
    const list = processor.writeList(alternating(address, 50));
    for (let repeat = 0; repeat < 3; repeat++) {
      processor.floatsAt(address, size).fill(99);
      processor.runList(list);
      const values = processor.floatsAt(address, size);
      expect(values.subarray(0, size / 2).every((value) => value === -49)).toBe(true);
      expect(values.subarray(size / 2).every((value) => value === 49)).toBe(true);
    }
  });

  it('leaves threads out of a list that fewer run, and takes them in again', async () => {
    const processor = new Processor();
    await addThreads(processor, 4, 20_000, startNodeThread);
    const address = processor.heap.allocate(size * 4);
    const list = processor.writeList(alternating(address, 5));
    for (let round = 0; round < 200; round++) {
      processor.runOnThreads(1 + (round % 4));
      processor.floatsAt(address, 1)[0] = 99;
      processor.runList(list);
      expect(processor.floatsAt(address, 1)[0]).toBe(-4);
      expect(processor.floatsAt(address, size).at(-1)).toBe(4);
    }
  });

  it('stays with one thread if the others do not start in time', async () => {
    const processor = new Processor();
    let stopped = 0;
    const silent: StartThread = () => ({ ready: new Promise(() => undefined), stop: () => void stopped++ });
    expect(await addThreads(processor, 3, 1, silent)).toBe(false);
    expect(stopped).toBe(2);
    expect(processor.threads).toBe(1);
    const address = processor.heap.allocate(64);
    processor.run({ kernel: kernels.fill, words: [address, floatWord(1), 16], chunks: 1 });
    expect(processor.floatsAt(address, 1)[0]).toBe(1);
  });

  it('throws in the owner if a thread fails', async () => {
    const processor = new Processor();
    await addThreads(processor, 2, 20_000, startNodeThread);
    const unknown: KernelCall = { kernel: 9_999, words: [], chunks: 2 };
    expect(() => processor.run(unknown)).toThrow(WebAssembly.RuntimeError);
  });
});

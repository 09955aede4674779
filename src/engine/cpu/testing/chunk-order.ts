/** For tests: runs a call's chunks in another order, as any number of threads may. */
import { immediate, wordBytes, wordsOfCommand } from '../memory-map.ts';
import type { KernelCall, Processor } from '../processor.ts';

/**
 * Runs the chunks of a call from the last to the first, with one list per chunk: a command that begins at chunk k of k + 1
 * runs that chunk alone.
 */
export const runBackwards = (processor: Processor, call: KernelCall): void => {
  processor.words.set(call.words, immediate.argumentsAddress / wordBytes);
  for (let chunk = call.chunks - 1; chunk >= 0; chunk--) {
    const command = [call.kernel, immediate.argumentsAddress, chunk + 1, chunk];
    processor.words.set(command.slice(0, wordsOfCommand), immediate.commandAddress / wordBytes);
    processor.runList({ address: immediate.commandAddress, commands: 1 });
  }
};

/** Copies values to new memory. @returns the address of the copy */
export const placeFloats = (processor: Processor, values: Float32Array): number => {
  const address = processor.heap.allocate(values.byteLength);
  processor.floatsAt(address, values.length).set(values);
  return address;
};

/**
 * Runs calls twice, each time with the results set to zero first. The chunks run in order, and then in
 * reverse order.
 * @param results address and length of each result
 * @returns the results of both runs
 */
export const runInBothOrders = (
  processor: Processor,
  calls: readonly KernelCall[],
  results: readonly (readonly [number, number])[],
): [Float32Array[], Float32Array[]] => {
  const after = (run: (call: KernelCall) => void): Float32Array[] => {
    for (const [address, length] of results) processor.floatsAt(address, length).fill(0);
    for (const call of calls) run(call);
    return results.map(([address, length]) => processor.floatsAt(address, length).slice());
  };
  return [after((call) => processor.run(call)), after((call) => runBackwards(processor, call))];
};

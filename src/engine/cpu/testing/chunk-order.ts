/** For tests: a call's chunks in another order, which stands for any number of threads. */
import { immediate, wordBytes, wordsOfCommand } from '../memory-map.ts';
import type { KernelCall, Processor } from '../processor.ts';

/**
 * Runs the chunks of a call from the last to the first, one list for each: a command that begins at chunk k of k + 1 runs
 * that chunk alone.
 */
export const runBackwards = (processor: Processor, call: KernelCall): void => {
  processor.words.set(call.words, immediate.argumentsAddress / wordBytes);
  for (let chunk = call.chunks - 1; chunk >= 0; chunk--) {
    const command = [call.kernel, immediate.argumentsAddress, chunk + 1, chunk];
    processor.words.set(command.slice(0, wordsOfCommand), immediate.commandAddress / wordBytes);
    processor.runList({ address: immediate.commandAddress, commands: 1 });
  }
};

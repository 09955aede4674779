/** Threads of a processor in Node, for tests. */
import { Worker } from 'node:worker_threads';
import { controlWords, wordBytes } from '../memory-map.ts';
import type { StartThread } from '../threads.ts';

const control = controlWords.address / wordBytes;

/** `thread-work.ts` in JavaScript: Node's workers cannot load TypeScript. */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, started, index, scratch } = workerData;
const words = new Int32Array(memory.buffer);
const sleep = (address, value, limitMs) =>
  void Atomics.wait(words, address / ${wordBytes}, value, limitMs < 0 ? Infinity : limitMs);
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  imports[from] = { ...imports[from], [name]: kind === 'memory' ? memory : sleep };
}
const { serve } = new WebAssembly.Instance(module, imports).exports;
parentPort.postMessage('ready');
try {
  serve(${controlWords.address}, started, index, scratch);
} finally {
  Atomics.store(words, ${control + controlWords.failed}, 1);
  Atomics.notify(words, ${control + controlWords.passed});
}`;

const workers: Worker[] = [];

export const startNodeThread: StartThread = (setup) => {
  const worker = new Worker(script, { eval: true, workerData: setup });
  workers.push(worker);
  // A thread that fails reports it in the processor's memory.
  worker.on('error', () => undefined);
  const ready = new Promise<void>((resolve) => {
    worker.on('message', () => resolve());
  });
  return { ready, stop: () => void worker.terminate() };
};

/** Terminates all threads that were started. */
export const stopNodeThreads = async (): Promise<void> => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
};

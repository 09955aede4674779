import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { createScorer } from '../../scores/create-scorer.ts';
import { createScoreScratch } from '../../scores/score-scratch.ts';
import { defaultScoreSettings } from '../../scores/score-settings.ts';
import { calibrate } from '../calibration.ts';
import { createStatisticsLearner } from '../statistics-learner.ts';
import { pairOf } from '../testing/reference.ts';
import { KernelMemory, kernelMemory, sharedKernels, type ThreadSetup } from './kernel-memory.ts';

/** `serve-thread.ts` as a Node script. */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, work, scratch } = workerData;
const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.postMessage('ready');
serve(work, scratch);`;

/** Takes a chunk, does not run it, and reports a failure. */
const failing = `
const { parentPort, workerData } = require('node:worker_threads');
const { memory, work, failedWord } = workerData;
const words = new Int32Array(memory.buffer, work, 6);
parentPort.postMessage('ready');
while (Atomics.sub(words, 1, 1) < 1);
Atomics.store(words, failedWord, 1);`;

/** Words of the kernels' `Work`. */
const index = { start: 0, left: 1, missing: 2, kernel: 4, address: 5 } as const;

const int32At = (memory: KernelMemory, address: number): Int32Array => {
  const { buffer } = memory.words(address, 6);
  return new Int32Array(buffer, address, 6);
};

const workers: Worker[] = [];

const start = (setup: ThreadSetup, code = script): Promise<void> =>
  new Promise((resolve) => {
    const worker = new Worker(code, { eval: true, workerData: setup });
    workers.push(worker);
    worker.on('message', () => resolve());
  });

afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.terminate())));

const side = 64;
const settings = { ...defaultScoreSettings, bandLow: 0.5, residual: 'calibrated' } as const;

const learnAndScore = () => {
  const learner = createStatisticsLearner(settings, createScoreScratch(side));
  const pairs = Array.from({ length: 19 }, (_, image) => pairOf(side, 40 + 2 * image));
  for (const { input, reconstruction } of pairs) learner.add(input, reconstruction);
  const statistics = learner.finish();
  const scorer = createScorer(side, settings, { calibration: calibrate(statistics, 0.1) });
  const maps = Array.from({ length: scorer.atOnce }, () => new Float32Array(side * side));
  return { statistics, scores: scorer.scoreSeveral(pairs.slice(0, scorer.atOnce), maps), maps };
};

describe('a second thread', () => {
  it('changes no bit of statistics and scores', async () => {
    const alone = learnAndScore();
    await start(kernelMemory().threadSetup);
    for (let repeat = 0; repeat < 5; repeat++) {
      const { statistics, scores, maps } = learnAndScore();
      expect(scores).toEqual(alone.scores);
      for (const [at, map] of maps.entries()) expect(largestDifference(map, alone.maps[at])).toBe(0);
      for (const kind of ['mean', 'covariance'] as const) {
        for (const [at, plane] of statistics[kind].entries()) {
          expect(largestDifference(plane, alone.statistics[kind][at])).toBe(0);
        }
      }
    }
  });

  it('runs the remaining chunks', async () => {
    const memory = new KernelMemory();
    const { work, scratch } = memory.threadSetup;
    await start(memory.threadSetup);
    const words = int32At(memory, work);
    // An update of no groups, none of which the owner runs.
    Atomics.store(words, index.kernel, sharedKernels.update);
    Atomics.store(words, index.address, scratch);
    Atomics.store(words, index.missing, 1);
    Atomics.store(words, index.left, 1);
    Atomics.add(words, index.start, 1);
    Atomics.notify(words, index.start);
    Atomics.wait(words, index.missing, 1, 20_000);
    expect(Atomics.load(words, index.missing)).toBe(0);
  });

  it('that fails on a chunk ends the wait', async () => {
    const memory = new KernelMemory();
    await start(memory.threadSetup, failing);
    const { scratch } = memory.threadSetup;
    // Updates of no groups, until the thread has taken a chunk.
    expect(() => {
      while (true) memory.share(sharedKernels.update, scratch, 1000);
    }).toThrow(WebAssembly.RuntimeError);
  });
});

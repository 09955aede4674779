/**
 * Times the baselines in Node: 400 images at side 256, 280 of them good training images, with each kind of calibration. It
 * measures each part, and all the work of the worker for the mean image and the variation model.
 */
import { Worker } from 'node:worker_threads';
import { createImageStatistics } from '#core/baselines/image-statistics.ts';
import { MeanImage } from '#core/baselines/mean-image.ts';
import { calibrate } from '#core/calibration/calibration.ts';
import { evenlySpaced } from '#core/calibration/calibration-images.ts';
import { kernelMemory } from '#core/calibration/kernels/kernel-memory.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { ImageSet } from '#core/dataset.ts';
import { presets } from '#core/presets.ts';
import { createRng } from '#core/rng.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import type { Scorer } from '#core/scores/scorer.ts';
import { ReferenceScores } from '#training/baselines/reference-scores.ts';

const side = 256;
const trainCount = 280;
const testCount = 120;
/** Number of different images; the others repeat them, which affects no baseline. */
const distinct = 20;

const { uniform } = createRng(1, 'bench/baselines');
const images = Array.from({ length: distinct }, () =>
  Uint8Array.from({ length: side * side * 3 }, () => Math.floor(uniform() * 256)),
);
const imageAt = (index: number): Uint8Array => images[index % distinct]!;
const indices = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const each = (count: number, use: (image: Uint8Array) => unknown): void => {
  for (const index of indices(count)) use(imageAt(index));
};

const print = (name: string, started: number, usage: NodeJS.CpuUsage): void => {
  const elapsedMs = performance.now() - started;
  const { user, system } = process.cpuUsage(usage);
  console.warn(
    `${name.padEnd(44)}${elapsedMs.toFixed(0).padStart(8)}${((user + system) / 1000).toFixed(0).padStart(8)}`,
  );
};

/** Runs a part once, after a few images to compile its code, and prints its time. */
const time = <T>(name: string, warmUp: () => void, work: () => T): T => {
  warmUp();
  const started = performance.now();
  const usage = process.cpuUsage();
  const result = work();
  print(name, started, usage);
  return result;
};

/** `serve-thread.ts` as a Node script. */
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, work, scratch } = workerData;
const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.postMessage('ready');
serve(work, scratch);`;

const startThread = async (): Promise<Worker> => {
  const worker = new Worker(script, { eval: true, workerData: kernelMemory().threadSetup });
  await new Promise((resolve) => worker.once('message', resolve));
  return worker;
};

const maps = Array.from({ length: 8 }, () => new Float32Array(side * side));

/** Scores the test images in batches of the baselines' size. */
const scoreAll = (scorer: Scorer): void => {
  for (let done = 0; done < testCount; done += scorer.atOnce) {
    const some = indices(Math.min(scorer.atOnce, testCount - done));
    scorer.scoreSeveral(
      some.map((index) => ({ input: imageAt(done + index), reconstruction: mean })),
      maps,
    );
  }
};

console.warn(`${trainCount} + ${testCount} images at side ${side}: ms elapsed, ms of processor time`);
const statisticsOf = createImageStatistics(side);
time(
  'four statistics, all images',
  () => each(5, statisticsOf),
  () => each(trainCount + testCount, statisticsOf),
);
const mean = time(
  'mean of the good training images',
  () => new MeanImage(side).add(imageAt(0)),
  () => {
    const sum = new MeanImage(side);
    for (const index of indices(trainCount)) sum.add(imageAt(index));
    return sum.mean();
  },
);
const scratch = createScoreScratch(side);
for (const score of ['sum', 'top-share'] as const) {
  const scorer = createScorer(side, { ...presets.recommended, score, residual: 'raw' }, {}, scratch);
  time(
    `mean image by ${score}, test images`,
    () => each(5, (image) => scorer.score(image, mean)),
    () => scoreAll(scorer),
  );
}
for (const calibrationBands of ['off', 'on'] as const) {
  const settings = { ...presets.recommended, calibrationBands };
  const learn = (count: number) => {
    const learner = createStatisticsLearner(settings, scratch);
    for (const index of evenlySpaced(indices(count))) learner.add(imageAt(index), mean);
    return learner.finish();
  };
  const name = `variation, bands ${calibrationBands}`;
  const statistics = time(
    `${name}: statistics of 256 images`,
    () => learn(5),
    () => learn(trainCount),
  );
  const calibration = time(
    `${name}: factors at each pixel`,
    () => undefined,
    () => calibrate(statistics, settings.calibrationPooling),
  );
  const scorer = createScorer(side, settings, { calibration }, scratch);
  time(
    `${name}: test images`,
    () => each(5, (image) => scorer.score(image, mean)),
    () => scoreAll(scorer),
  );
}

const ofImage = side * side * 3;
const category: ImageSet = {
  name: 'bench',
  side,
  fit: 'squeeze',
  samples: indices(trainCount + testCount).map((index) => ({
    path: `${index}.png`,
    split: index < trainCount ? 'train' : 'test',
    defectType: 'good',
    anomalous: index >= trainCount && index % 2 === 1,
    hasMask: false,
    width: side,
    height: side,
  })),
  pixels: new Uint8Array((trainCount + testCount) * ofImage),
  masks: new Uint8Array(0),
};
for (const index of indices(trainCount + testCount)) category.pixels.set(imageAt(index), index * ofImage);

const evaluate = async (name: string): Promise<void> => {
  const started = performance.now();
  const usage = process.cpuUsage();
  await new ReferenceScores(category).evaluate(presets.recommended, indices(trainCount));
  print(`mean image and variation model, ${name}`, started, usage);
};
await evaluate('one thread');
const thread = await startThread();
await evaluate('two threads');
await thread.terminate();

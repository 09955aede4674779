/** Medians of calls that run in turn, so that other load on the machine meets all of them alike. Runs in a page. */
import * as tf from '@tensorflow/tfjs-core';
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { median } from './statistics.ts';

export type BackendName = 'webgpu' | 'wasm';

/** Something to be timed. */
export interface Candidate {
  /** Records one call and returns a tensor that the device finishes last; it is disposed. */
  readonly call: () => tf.Tensor;
  /** Where it runs; `webgpu` by default. */
  readonly backend?: BackendName;
  /** Whether it has been called before, so that nothing is left to compile. */
  readonly warm?: boolean;
}

export interface MeasureOptions {
  /** Samples of which the median is taken; 5 by default. */
  readonly samples?: number;
  /** Least time of a sample, which as many calls fill as it takes; 300 ms by default. */
  readonly leastSampleMs?: number;
}

export interface Timing {
  /** Median time of one call. */
  readonly medianMs: number;
  /** Samples that it is the median of. */
  readonly samples: number;
}

/** A call that takes longer than this is sampled three times only: a step on stock kernels takes 26 s on SwiftShader. */
const slowCallMs = 5000;
const slowSamples = 3;

/** Makes a backend the one that tensors are made on. The WebGPU device must have been opened before. */
export const activateBackend = async (backend: BackendName): Promise<void> => {
  if (tf.getBackend() === backend) return;
  if (backend === 'wasm') await openProcessor();
  else await tf.setBackend('webgpu');
};

/** Waits until the device has done all that was recorded, and checks that a number came of it. */
const finish = async (last: tf.Tensor): Promise<void> => {
  const probe = tf.tidy(() => tf.slice(tf.reshape(last, [-1]), [0], [1]));
  const [value] = await probe.data();
  probe.dispose();
  if (!Number.isFinite(value)) throw new Error(`The measured call's first value is ${value}.`);
};

/** Milliseconds of `calls` calls and one readback. */
const sampleMs = async ({ call, backend = 'webgpu' }: Candidate, calls: number): Promise<number> => {
  await activateBackend(backend);
  const start = performance.now();
  for (let index = 1; index < calls; index++) call().dispose();
  const last = call();
  await finish(last);
  const elapsed = performance.now() - start;
  last.dispose();
  return elapsed;
};

/** Time that a readback takes with next to nothing to wait for: Firefox answers at a clock tick, every 100 ms. */
export const measureReadbackMs = async (): Promise<number> => {
  // More values than tfjs would compute on the processor instead.
  const input = tf.ones([1 << 14]);
  const least: Candidate = { call: () => tf.square(input) };
  await sampleMs(least, 1);
  const times: number[] = [];
  for (let sample = 0; sample < 5; sample++) times.push(await sampleMs(least, 1));
  input.dispose();
  return median(times);
};

/**
 * The median time of each candidate, after a warm-up that compiles it. How many calls fill a sample is found by trying; the
 * first try that does is the first sample.
 * @returns in the order of the candidates; the last backend used stays active
 * @throws Error if a candidate's result is not finite
 */
export const measure = async (
  candidates: readonly Candidate[],
  { samples = 5, leastSampleMs = 300 }: MeasureOptions,
): Promise<Timing[]> => {
  const warm: { candidate: Candidate; calls: number; wanted: number; times: number[] }[] = [];
  for (const candidate of candidates) {
    if (!candidate.warm) await sampleMs(candidate, 1);
    let calls = 1;
    let elapsed = await sampleMs(candidate, calls);
    while (elapsed < leastSampleMs && calls < 1 << 16) {
      calls = Math.ceil(calls * Math.min(8, Math.max(1.5, (1.2 * leastSampleMs) / elapsed)));
      elapsed = await sampleMs(candidate, calls);
    }
    const wanted = elapsed / calls > slowCallMs ? Math.min(samples, slowSamples) : samples;
    warm.push({ candidate, calls, wanted, times: [elapsed / calls] });
  }
  for (let round = 1; round < samples; round++) {
    for (const { candidate, calls, wanted, times } of warm) {
      if (round < wanted) times.push((await sampleMs(candidate, calls)) / calls);
    }
  }
  return warm.map(({ times }) => ({ medianMs: median(times), samples: times.length }));
};

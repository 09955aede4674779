/** Medians of alternating calls, so that other load on the machine affects all of them equally. Runs in a page. */
import * as tf from '@tensorflow/tfjs-core';
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { median } from './statistics.ts';

export type BackendName = 'webgpu' | 'wasm';

/** A call to time. */
export interface Candidate {
  /** Records one call and returns a tensor that the device finishes last; the caller disposes it. */
  readonly call: () => tf.Tensor;
  /** Its backend; `webgpu` by default. */
  readonly backend?: BackendName;
  /** Whether it was called before, so that nothing is left to compile. */
  readonly warm?: boolean;
}

export interface MeasureOptions {
  /** Number of samples for the median; 5 by default. */
  readonly samples?: number;
  /** Minimum time of a sample, filled with as many calls as needed; 300 ms by default. */
  readonly leastSampleMs?: number;
}

export interface Timing {
  /** Median time of one call. */
  readonly medianMs: number;
  /** Number of samples behind the median. */
  readonly samples: number;
}

/** A slower call gets only three samples: a step on stock kernels takes 26 s on SwiftShader. */
const slowCallMs = 5000;
const slowSamples = 3;

/** Makes a backend the active one for new tensors. The WebGPU device must already be open. */
export const activateBackend = async (backend: BackendName): Promise<void> => {
  if (tf.getBackend() === backend) return;
  if (backend === 'wasm') await openProcessor();
  else await tf.setBackend('webgpu');
};

/** Waits until the device has finished all recorded commands, and checks that the result is a number. */
const finish = async (last: tf.Tensor): Promise<void> => {
  const probe = tf.tidy(() => tf.slice(tf.reshape(last, [-1]), [0], [1]));
  const [value] = await probe.data();
  probe.dispose();
  if (!Number.isFinite(value)) throw new Error(`The measured call's first value is ${value}.`);
};

/** Milliseconds for `calls` calls and one readback. */
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

/** Time of a readback with almost nothing to wait for: Firefox answers at a clock tick, every 100 ms. */
export const measureReadbackMs = async (): Promise<number> => {
  // Too many values for tfjs to compute on the processor instead.
  const input = tf.ones([1 << 14]);
  const least: Candidate = { call: () => tf.square(input) };
  await sampleMs(least, 1);
  const times: number[] = [];
  for (let sample = 0; sample < 5; sample++) times.push(await sampleMs(least, 1));
  input.dispose();
  return median(times);
};

/**
 * The median time of each candidate, after a warm-up that compiles it. The number of calls per sample is found by trial; the
 * first trial that fills a sample is the first sample.
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

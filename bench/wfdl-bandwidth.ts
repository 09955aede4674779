/**
 * The frequency loss with its gradient against jax-js, stock tfjs and memory bandwidth. All alternate in one run, so that other
 * load on the machine affects them equally. Runs in a page with an active WebGPU backend of tfjs.
 */
import { blockUntilReady, defaultDevice, init, numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { wfdlLoss } from '#engine/ops/wfdl/wfdl.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';

/** Calls to time: runs a number of them and resolves when the device has finished. */
export interface TimedCalls {
  readonly run: (calls: number) => Promise<void>;
  /** Calls per sample: enough to make a readback's own time negligible. */
  readonly calls: number;
  /** Requested number of samples; the median counts. */
  readonly samples: number;
  readonly dispose: () => void;
}

/** Medians of one run. */
export interface WfdlBench {
  readonly side: number;
  readonly batch: number;
  /** Loss and gradient of [batch, side, side, 3]. */
  readonly wfdlMs: number;
  /** From the minimum traffic of its passes, as counted by `wfdlBytes`. */
  readonly wfdlGbs: number;
  /** The best copy kernel, bytes read and written. */
  readonly copyGbs: number;
  /** wfdlGbs / copyGbs, 0 to 1. */
  readonly bandwidthShare: number;
  /** `rfft2` of jax-js alone, for the same number of matrices. */
  readonly jaxMs: number | undefined;
  /** The stock FFT of tfjs over rows, twice, for the same number of matrices. */
  readonly stockMs: number | undefined;
}

const channels = 3;
const bytesPerValue = 4;
const threadsPerGroup = 64;
const copyVectors = [1, 4, 16] as const;
/** 16 MiB: beyond the caches, below every device's binding limit. */
const copyValues = 1 << 22;

/**
 * Bytes that the loss and its gradient must read and write by design: x and y; the half spectrum (the size of the images),
 * written by the rows, read and written by the columns, read by the inverse rows; the gradient; and the weight once.
 */
export const wfdlBytes = (side: number, batch: number): number =>
  bytesPerValue * side * side * (7 * batch * channels + 1);

const settle = async (last: tf.Tensor): Promise<void> => {
  const probe = tf.tidy(() => tf.slice(tf.reshape(last, [-1]), [0], [1]));
  await probe.data();
  probe.dispose();
};

/** A call that returns a tensor, which is then disposed. */
const tensorCalls = (
  call: () => tf.Tensor,
  held: readonly tf.Tensor[],
  calls: number,
  samples: number,
): TimedCalls => ({
  run: async (count) => {
    for (let i = 1; i < count; i++) call().dispose();
    const last = call();
    await settle(last);
    last.dispose();
  },
  calls,
  samples,
  dispose: () => tf.dispose([...held]),
});

const copyCode = (vectors: number): string => {
  const lines = Array.from({ length: vectors }, (_, i) => {
    const at = `first + ${i * threadsPerGroup}`;
    return `result[${at}] = source[${at}];`;
  });
  return /* wgsl */ `
    fn main(index : i32) {
      let first = index / ${threadsPerGroup} * ${threadsPerGroup * vectors} + index % ${threadsPerGroup};
      if (first < uniforms.vectors) { ${lines.join('\n')} }
    }`;
};

/** A copy of 16 MiB with this many vectors of four per thread, neighboring threads at neighboring vectors. */
export const timedCopy = (vectors: number): TimedCalls => {
  const source = tf.ones([copyValues]);
  const target = tf.zeros([copyValues]);
  const call = (): tf.Tensor => {
    webgpuBackend().runWebGPUProgram(
      {
        shaderKey: `residua-bench-wfdl-copy-${vectors}`,
        outputShape: [copyValues],
        outputComponent: 4,
        variableNames: ['source'],
        variableComponents: [4],
        // tfjs derives the layout from the shader: a program must read its uniforms.
        uniforms: 'vectors : i32, ',
        workgroupSize: [threadsPerGroup, 1, 1],
        dispatchLayout: { x: [0] },
        dispatch: [copyValues / (4 * threadsPerGroup * vectors), 1, 1],
        getUserCode: () => copyCode(vectors),
      },
      [source],
      'float32',
      [{ type: 'int32', data: [copyValues / 4] }],
      target,
    );
    return target.clone();
  };
  return tensorCalls(call, [source, target], 8, 7);
};

/** The loss and its gradient in y, as used by a training step. */
export const timedWfdl = (side: number, batch: number): TimedCalls => {
  const shape: [number, number, number, number] = [batch, side, side, channels];
  const x = tf.randomUniform<tf.Rank.R4>(shape, 0, 1, 'float32', 1);
  const y = tf.randomUniform<tf.Rank.R4>(shape, 0, 1, 'float32', 2);
  const weight = tf.tensor2d(frequencyWeight(presets.recommended, side, side), [side, side]);
  const gradient = tf.grad((t) => wfdlLoss(x, t as tf.Tensor4D, weight));
  return tensorCalls(() => gradient(y), [x, y, weight], Math.max(2, Math.ceil(16 / batch)), 9);
};

/** The forward transform of jax-js on its own WebGPU device. */
export const timedJax = async (side: number, batch: number): Promise<TimedCalls> => {
  await init('webgpu');
  defaultDevice('webgpu');
  const count = channels * batch * side * side;
  const values = Float32Array.from({ length: count }, (_, i) => (i * 2_654_435_761) % 1);
  const images = numpy.array(values).reshape([channels * batch, side, side]);
  await images.blockUntilReady();
  return {
    run: async (calls) => {
      const spectra = Array.from({ length: calls }, () => numpy.fft.rfft2(images.ref));
      await blockUntilReady(spectra);
      for (const { real, imag } of spectra) {
        real.dispose();
        imag.dispose();
      }
    },
    calls: 3,
    samples: 7,
    dispose: () => images.dispose(),
  };
};

/** The stock transform of rows, twice: its transpose accepts no complex tensor, and a square's columns cost the same. */
export const timedStock = (side: number, batch: number): TimedCalls => {
  const planes = tf.tidy(() =>
    tf.complex(tf.randomUniform([channels * batch, side, side]), tf.zeros([channels * batch, side, side])),
  );
  return tensorCalls(() => tf.tidy(() => tf.real(tf.fft(tf.fft(planes)))), [planes], 1, 5);
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Median milliseconds of a call, after a warm-up, all alternating; disposes them. */
const medians = async (timed: readonly TimedCalls[]): Promise<number[]> => {
  const times: number[][] = timed.map(() => []);
  try {
    for (const { run } of timed) await run(1);
    for (let round = 0; timed.some(({ samples }) => round < samples); round++) {
      for (const [i, { run, calls, samples }] of timed.entries()) {
        if (round >= samples) continue;
        const start = performance.now();
        await run(calls);
        times[i].push((performance.now() - start) / calls);
      }
    }
  } finally {
    for (const { dispose } of timed) dispose();
  }
  return times.map(median);
};

/**
 * Times the loss and its gradient against the requested references.
 * @param compared whether jax-js and stock tfjs are also timed; stock tfjs takes seconds per call on a CPU device
 */
export const benchWfdl = async (
  side: number,
  batch: number,
  compared: { readonly jax: boolean; readonly stock: boolean },
): Promise<WfdlBench> => {
  const others = [
    ...(compared.jax ? [await timedJax(side, batch)] : []),
    ...(compared.stock ? [timedStock(side, batch)] : []),
  ];
  const [wfdlMs, ...rest] = await medians([timedWfdl(side, batch), ...copyVectors.map(timedCopy), ...others]);
  const copyMs = Math.min(...rest.slice(0, copyVectors.length));
  const [first, second] = rest.slice(copyVectors.length);
  const wfdlGbs = wfdlBytes(side, batch) / wfdlMs / 1e6;
  const copyGbs = (2 * bytesPerValue * copyValues) / copyMs / 1e6;
  return {
    side,
    batch,
    wfdlMs,
    wfdlGbs,
    copyGbs,
    bandwidthShare: wfdlGbs / copyGbs,
    jaxMs: compared.jax ? first : undefined,
    stockMs: compared.jax ? second : compared.stock ? first : undefined,
  };
};

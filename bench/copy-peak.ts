/** The copy peak: the rate of a kernel that copies one buffer to another, the upper limit of any kernel on the device. */
import * as tf from '@tensorflow/tfjs-core';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { type MeasureOptions, measure } from './measure.ts';

/** 32 MiB: beyond every cache, below every device's binding limit. */
const values = 1 << 23;
const threadsPerGroup = 64;
/** Vectors of four per thread: GPUs prefer one, CPU devices many; the best result counts. */
const vectorsPerThread = [1, 4, 16] as const;

const copy = (source: tf.Tensor, target: tf.Tensor, vectors: number): tf.Tensor => {
  const groups = values / (4 * threadsPerGroup * vectors);
  // One axis of a dispatch has at most 65535 workgroups.
  const rows = Math.max(1, groups / (1 << 15));
  const line = (i: number): string => {
    const at = `first + ${i * threadsPerGroup}`;
    return `result[${at}] = source[${at}];`;
  };
  webgpuBackend().runWebGPUProgram(
    {
      shaderKey: `residua-bench-copy-${vectors}`,
      outputShape: [values],
      outputComponent: 4,
      variableNames: ['source'],
      variableComponents: [4],
      uniforms: 'vectors : i32, ',
      workgroupSize: [threadsPerGroup, 1, 1],
      dispatchLayout: { x: [0] },
      dispatch: [groups / rows, rows, 1],
      // Neighboring threads copy neighboring vectors.
      getUserCode: () => /* wgsl */ `
        fn main(index : i32) {
          let first = index / ${threadsPerGroup} * ${threadsPerGroup * vectors} + index % ${threadsPerGroup};
          if (first < uniforms.vectors) {
            ${Array.from({ length: vectors }, (_, i) => line(i)).join('\n')}
          }
        }`,
    },
    [source],
    'float32',
    [{ type: 'int32', data: [values / 4] }],
    target,
  );
  // Another handle to the same values, which may be disposed.
  return target.clone();
};

/** GB/s (bytes read and written) of the best of three copy kernels. */
export const benchCopyPeak = async (options: MeasureOptions): Promise<number> => {
  const source = tf.ones([values]);
  // One target for all calls: a new output per call would measure memory allocation.
  const target = tf.zeros([values]);
  const timings = await measure(
    vectorsPerThread.map((vectors) => ({ call: () => copy(source, target, vectors) })),
    options,
  );
  tf.dispose([source, target]);
  const bytes = 2 * 4 * values;
  return Math.max(...timings.map(({ medianMs }) => bytes / medianMs / 1e6));
};

/** The copy peak: bytes that a kernel moves from one buffer to another, which no kernel of the device can pass. */
import * as tf from '@tensorflow/tfjs-core';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { type MeasureOptions, measure } from './measure.ts';

/** 32 MiB: past every cache, below every device's limit of a binding. */
const values = 1 << 23;
const threadsPerGroup = 64;
/** Vectors of four that a thread copies: GPUs like one, CPU devices many; the best counts. */
const vectorsPerThread = [1, 4, 16] as const;

const copy = (source: tf.Tensor, target: tf.Tensor, vectors: number): tf.Tensor => {
  const groups = values / (4 * threadsPerGroup * vectors);
  // One axis of a dispatch has 65535 workgroups at most.
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
  // A handle of the same values, which may be disposed.
  return target.clone();
};

/** GB/s, bytes read and bytes written, of the best of three copy kernels. */
export const benchCopyPeak = async (options: MeasureOptions): Promise<number> => {
  const source = tf.ones([values]);
  // One target for all calls: an output of its own for each would measure how memory is handed out.
  const target = tf.zeros([values]);
  const timings = await measure(
    vectorsPerThread.map((vectors) => ({ call: () => copy(source, target, vectors) })),
    options,
  );
  tf.dispose([source, target]);
  const bytes = 2 * 4 * values;
  return Math.max(...timings.map(({ medianMs }) => bytes / medianMs / 1e6));
};

/** Adds the parts of a loss, which the workgroups of a column kernel write behind the packed rows. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { runLineProgram } from './line-program.ts';

/** Threads of the workgroup that adds the parts. */
const invocations = 64;

/** WGSL: a component of `uniforms.parts` points from `uniforms.firstPart` on, always in the same order, times `uniforms.scale`. */
export const generatePartSum = (component: 'x' | 'y'): string => /* wgsl */ `
  var<workgroup> sums : array<f32, ${invocations}>;
  fn main(index : i32) {
    let lane = index % ${invocations};
    var sum = 0.0;
    for (var i = lane; i < uniforms.parts; i += ${invocations}) {
      sum += points[uniforms.firstPart + i].${component};
    }
    sums[lane] = sum;
    workgroupBarrier();
    if (index == 0) {
      var total = 0.0;
      for (var i = 0; i < ${invocations}; i++) { total += sums[i]; }
      result[0] = total * uniforms.scale;
    }
  }`;

/**
 * The sum of one component of some points, times `scale`.
 * @param points float32 pairs
 * @param firstPart the first of these points
 * @returns a float32 scalar, which the caller disposes
 */
export const runPartSum = (
  backend: WebGPUBackend,
  points: TensorInfo,
  firstPart: number,
  parts: number,
  scale: number,
  component: 'x' | 'y' = 'x',
): TensorInfo => {
  const { dataId } = runLineProgram(
    backend,
    {
      key: `fft-part-sum-${component}`,
      code: generatePartSum(component),
      groups: 1,
      invocations,
      inputs: { points: [points, 2] },
      integers: { parts, firstPart },
      floats: { scale },
      outputComponents: 1,
    },
    1,
  );
  return { dataId, dtype: 'float32', shape: [] };
};

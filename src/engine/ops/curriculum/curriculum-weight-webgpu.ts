/** The WebGPU kernel of a curriculum's weight: sums in groups, then the weight. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { dispatch, integerUniforms } from '../../webgpu/dispatch.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';

const workgroupThreads = 64;

/** Every thread of the second program reads all groups, so these are few. */
const mostGroups = 16;
const valuesPerGroup = 1024;

/** WGSL of w^s. Devices compute powers by logarithms, and the logarithm of 0 is finite on some. */
const power = 'select(0.0, pow(weight[index], exponent[0]), weight[index] > 0.0)';

const generateSums = (): string => /* wgsl */ `
  var<workgroup> sums : array<vec3<f32>, ${workgroupThreads}>;
  fn join(a : vec3<f32>, b : vec3<f32>) -> vec3<f32> {
    return vec3<f32>(a.xy + b.xy, max(a.z, b.z));
  }
  fn main(thread : i32) {
    let group = thread / ${workgroupThreads};
    let lane = thread % ${workgroupThreads};
    let end = min((group + 1) * uniforms.span, uniforms.values);
    var sum = vec3<f32>(0.0);
    for (var index = group * uniforms.span + lane; index < end; index += ${workgroupThreads}) {
      // (0, 0) has a weight of its own.
      if (index > 0) {
        let power = ${power};
        sum = join(sum, vec3<f32>(weight[index], power, power));
      }
    }
    sums[lane] = sum;
    workgroupBarrier();
    if (lane == 0 && group < uniforms.groups) {
      var total = sums[0];
      for (var other = 1; other < ${workgroupThreads}; other++) { total = join(total, sums[other]); }
      result[group] = vec4<f32>(total, 0.0);
    }
  }`;

const weightBody = /* wgsl */ `
  var total = vec3<f32>(0.0);
  for (var group = 0; group < uniforms.groups; group++) {
    let at = 4 * group;
    total = vec3<f32>(total.x + sums[at], total.y + sums[at + 1], max(total.z, sums[at + 2]));
  }
  let factor = total.x / total.y;
  if (index == 0) {
    result[index] = uniforms.dcWeight * (total.z * factor);
  } else {
    result[index] = ${power} * factor;
  }`;

/** Kernels of a curriculum's weight on WebGPU. */
export const curriculumWeightWebgpuKernels: OpKernels = {
  ResiduaCurriculumWeight: ({ inputs, attrs, backend }) => {
    const { weight, exponent } = inputs as { weight: TensorInfo; exponent: TensorInfo };
    const { dcWeight } = attrs as { dcWeight: number };
    const webgpu = backend as WebGPUBackend;
    const values = util.sizeFromShape(weight.shape);
    const groups = Math.min(mostGroups, Math.ceil(values / valuesPerGroup));
    const sums = dispatch(
      webgpu,
      {
        key: 'curriculum-sums',
        code: generateSums,
        workgroups: groups,
        workgroupThreads,
        inputs: { weight: [weight, 1], exponent: [exponent, 1] },
        uniforms: integerUniforms({ values, groups, span: Math.ceil(values / groups) }),
        resultComponents: 4,
      },
      [4 * groups],
    );
    const result = runElementwise(
      webgpu,
      {
        name: 'curriculum-weight',
        inputs: { weight, exponent, sums },
        components: 1,
        uniforms: [
          { name: 'groups', type: 'int32', value: groups },
          { name: 'dcWeight', type: 'float32', value: dcWeight },
        ],
        body: weightBody,
      },
      weight.shape,
    );
    webgpu.disposeData(sums.dataId);
    return result;
  },
};

/** The WebGPU kernels of the mean squared error: sums in groups, their sum, and the gradient. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { dispatch, floatUniforms, integerUniforms } from '../../webgpu/dispatch.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { vectorComponents } from '../elementwise/vector-components.ts';

type Inputs = Readonly<Record<'x' | 'y' | 'dy', TensorInfo>>;

const workgroupThreads = 64;

/** Enough to fill a GPU; each leaves one value for the second pass. */
const mostGroups = 256;

/** The fewest values per thread: with fewer, the second pass would cost more than the first. */
const leastValuesOfThread = 16;

/** WGSL: stores the sum of all threads, added in a fixed order, times a scale. */
const joined = (scale: string, place: string): string => /* wgsl */ `
    sums[lane] = sum;
    workgroupBarrier();
    if (lane == 0 && group < uniforms.groups) {
      var total = 0.0;
      for (var other = 0; other < ${workgroupThreads}; other++) { total += sums[other]; }
      result[${place}] = total * ${scale};
    }`;

const head = /* wgsl */ `
  var<workgroup> sums : array<f32, ${workgroupThreads}>;
  fn main(thread : i32) {
    let group = thread / ${workgroupThreads};
    let lane = thread % ${workgroupThreads};
    var sum = 0.0;`;

const generateGroups = (): string => /* wgsl */ `${head}
    let end = min((group + 1) * uniforms.span, uniforms.values);
    for (var index = group * uniforms.span + lane; index < end; index += ${workgroupThreads}) {
      let difference = x[index] - y[index];
      sum += difference * difference;
    }
    ${joined('1.0', 'group')}
  }`;

const generateTotal = (): string => /* wgsl */ `${head}
    for (var index = lane; index < uniforms.parts; index += ${workgroupThreads}) { sum += parts[index]; }
    ${joined('uniforms.scale', '0')}
  }`;

/** Kernels of the mean squared error on WebGPU. */
export const squaredErrorWebgpuKernels: OpKernels = {
  ResiduaSquaredError: ({ inputs, backend }) => {
    const { x, y } = inputs as Inputs;
    const webgpu = backend as WebGPUBackend;
    const values = util.sizeFromShape(y.shape);
    const groups = Math.min(mostGroups, Math.ceil(values / (workgroupThreads * leastValuesOfThread)));
    const parts = dispatch(
      webgpu,
      {
        key: 'squared-error-groups',
        code: generateGroups,
        workgroups: groups,
        workgroupThreads,
        inputs: { x: [x, 1], y: [y, 1] },
        uniforms: integerUniforms({ values, groups, span: Math.ceil(values / groups) }),
        resultComponents: 1,
      },
      [groups],
    );
    const total = dispatch(
      webgpu,
      {
        key: 'squared-error-total',
        code: generateTotal,
        workgroups: 1,
        workgroupThreads,
        inputs: { parts: [parts, 1] },
        uniforms: [...integerUniforms({ groups: 1, parts: groups }), ...floatUniforms({ scale: 1 / values })],
        resultComponents: 1,
      },
      [],
    );
    webgpu.disposeData(parts.dataId);
    return total;
  },

  ResiduaSquaredErrorGradient: ({ inputs, backend }) => {
    const { x, y, dy } = inputs as Inputs;
    const values = util.sizeFromShape(y.shape);
    return runElementwise(
      backend as WebGPUBackend,
      {
        name: 'squared-error-gradient',
        inputs: { x, y },
        scalarInputs: { dy },
        components: vectorComponents(values),
        uniforms: [{ name: 'scale', type: 'float32', value: 2 / values }],
        body: 'result[index] = dy[0] * uniforms.scale * (y[index] - x[index]);',
      },
      y.shape,
    );
  },
};

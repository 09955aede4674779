/** A program whose output elements are independent: the frame around a few lines of WGSL. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Components, dispatch, type ScalarUniform } from '../../webgpu/dispatch.ts';

/** One elementwise program. */
export interface ElementwiseOperation {
  /** Names the WGSL in the pipeline cache: two operations with different bodies have different names. */
  readonly name: string;
  /** Inputs by the name of their WGSL array, all float32. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** Inputs whose arrays are of f32 for any `components`. */
  readonly scalarInputs?: Readonly<Record<string, TensorInfo>>;
  /** 4 makes every array one of vec4<f32>: every row that the body indexes must hold a multiple of 4 values. */
  readonly components: 1 | 4;
  readonly uniforms?: readonly ScalarUniform[];
  /**
   * WGSL that writes `result[index]`. `index: i32` counts elements of the output (vectors if `components` is 4) and
   * `Value` stands for f32 or vec4<f32>. Must not use barriers.
   */
  readonly body: string;
}

const workgroupThreads = 256;

/** Elements per thread: several if enough threads remain to fill a GPU, since starting a thread has a cost. */
const elementsPerThread = (elements: number): number => (elements >= 1 << 18 ? 4 : 1);

const generateElementwise = (body: string, components: 1 | 4, perThread: number): string => {
  const span = workgroupThreads * perThread;
  return /* wgsl */ `
    alias Value = ${components === 4 ? 'vec4<f32>' : 'f32'};
    fn element(index : i32) {
      ${body}
    }
    fn main(thread : i32) {
      let first = thread / ${workgroupThreads} * ${span} + thread % ${workgroupThreads};
      for (var offset = 0; offset < ${span}; offset += ${workgroupThreads}) {
        if (first + offset < uniforms.size) {
          element(first + offset);
        }
      }
    }`;
};

/**
 * Runs an elementwise operation.
 * @param output a shape, for a new float32 tensor that the caller owns; or an existing tensor, which is overwritten in place:
 *   then the body may read `result` too, which must not be an input
 */
export const runElementwise = (
  backend: WebGPUBackend,
  { name, inputs, scalarInputs = {}, components, uniforms = [], body }: ElementwiseOperation,
  output: readonly number[] | TensorInfo,
): TensorInfo => {
  const size = util.sizeFromShape('dataId' in output ? output.shape : [...output]);
  const vectors = size / components;
  const perThread = elementsPerThread(vectors);
  const withComponents = (
    tensors: Readonly<Record<string, TensorInfo>>,
    each: Components,
  ): [string, readonly [TensorInfo, Components]][] =>
    Object.entries(tensors).map(([input, tensor]) => [input, [tensor, each]]);
  return dispatch(
    backend,
    {
      key: `elementwise-${name}-${components}-${perThread}`,
      code: () => generateElementwise(body, components, perThread),
      workgroups: Math.ceil(vectors / (workgroupThreads * perThread)),
      workgroupThreads,
      inputs: Object.fromEntries([...withComponents(inputs, components), ...withComponents(scalarInputs, 1)]),
      uniforms,
      resultComponents: components,
      sized: true,
    },
    output,
  );
};

/** A program that computes each element of its output by itself: the frame around a few lines of WGSL. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';

/** A uniform of a program: WGSL name, type and value. */
export interface ScalarUniform {
  readonly name: string;
  readonly type: 'int32' | 'float32';
  readonly value: number;
}

/** What one elementwise program does. */
export interface ElementwiseOperation {
  /** Names the WGSL in the pipeline cache: two operations with different bodies have different names. */
  readonly name: string;
  /** Inputs by the name of their WGSL array, all float32. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** 4 makes every array one of vec4<f32>: every row that the body indexes must hold a multiple of 4 values. */
  readonly components: 1 | 4;
  readonly uniforms?: readonly ScalarUniform[];
  /**
   * WGSL that writes `result[index]`. `index: i32` counts elements of the output (vectors where `components` is 4) and
   * `Value` stands for f32 or vec4<f32>. Must not use barriers.
   */
  readonly body: string;
}

const workgroupThreads = 256;

/** Elements a thread: several where there are enough to fill a GPU anyway, since each thread's start has its price. */
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
 * The same data with a shape of which nothing depends. tfjs compiles a new pipeline where the shapes of inputs and
 * output are equal or broadcast; a matrix of one row beside an output of rank 1 never does either.
 */
export const asProgramInput = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({
  dataId,
  dtype,
  shape: [1, util.sizeFromShape(shape)],
});

/** WGSL types of the uniforms as tfjs wants them, and their values. */
export const declareUniforms = (
  uniforms: readonly ScalarUniform[],
): { declaration: string; values: { type: string; data: number[] }[] } => ({
  declaration: uniforms.map(({ name, type }) => `${name} : ${type === 'int32' ? 'i32' : 'f32'}, `).join(''),
  values: uniforms.map(({ type, value }) => ({ type, data: [value] })),
});

/**
 * Runs an elementwise operation.
 * @param output a shape, for a new float32 tensor which the caller owns, or an existing tensor, which is overwritten in
 *   place: then `result` may also be read, and must not be among the inputs
 */
export const runElementwise = (
  backend: WebGPUBackend,
  operation: ElementwiseOperation,
  output: readonly number[] | TensorInfo,
): TensorInfo => {
  const target = 'dataId' in output ? output : backend.makeTensorInfo([...output], 'float32');
  const size = util.sizeFromShape(target.shape);
  const vectors = size / operation.components;
  const perThread = elementsPerThread(vectors);
  const inputs = Object.entries(operation.inputs);
  const { declaration, values } = declareUniforms(operation.uniforms ?? []);
  const program: WebGPUProgram = {
    shaderKey: `residua-elementwise-${operation.name}-${operation.components}-${perThread}`,
    outputShape: [size],
    outputComponent: operation.components,
    variableNames: inputs.map(([name]) => name),
    variableComponents: inputs.map(() => operation.components),
    uniforms: declaration,
    size: true,
    workgroupSize: [workgroupThreads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(vectors / (workgroupThreads * perThread)), 1, 1],
    getUserCode: () => generateElementwise(operation.body, operation.components, perThread),
  };
  backend.runWebGPUProgram(
    program,
    inputs.map(([, info]) => asProgramInput(info)),
    'float32',
    values,
    { dataId: target.dataId, dtype: target.dtype, shape: [size] },
  );
  if ('dataId' in output) forgetCpuCopy(backend, output);
  return target;
};

/** tfjs keeps what it once read back and would serve it again after the buffer has changed. */
const forgetCpuCopy = (backend: WebGPUBackend, { dataId }: TensorInfo): void => {
  Reflect.set(backend.tensorMap.get(dataId), 'values', null);
};

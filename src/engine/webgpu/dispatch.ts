/** Dispatches, and so records, the programs of all our kernels on WebGPU. */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { forgetCpuCopy, type OutputCount, openEncoder, regionOf } from './tfjs-internals.ts';
import { activeTrace } from './trace.ts';

/** A uniform of a program: WGSL name, type and value. */
export interface ScalarUniform {
  readonly name: string;
  readonly type: 'int32' | 'float32';
  readonly value: number;
}

/** Values of an array's elements: f32, vec2f or vec4f. */
export type Components = 1 | 2 | 4;

/** Tensors by the name of their WGSL array, each with the components of the array's elements. All float32. */
export type ProgramTensors = Readonly<Record<string, readonly [TensorInfo, Components]>>;

/** A program and its tensors. */
export interface Program {
  /** Key of the WGSL: different sources have different keys. */
  readonly key: string;
  /** WGSL with `fn main(thread : i32)`, which guards against surplus threads. Called only for a new pipeline. */
  readonly code: () => string;
  readonly workgroups: number;
  readonly workgroupThreads: number;
  /** The tensors that it only reads. With outputs and `result` at most eight: every device has so many bindings. */
  readonly inputs: ProgramTensors;
  /** Existing tensors that are overwritten in place besides `result`, and can be read as well; none by default. */
  readonly outputs?: ProgramTensors;
  readonly uniforms: readonly ScalarUniform[];
  readonly resultComponents: Components;
  /** Whether `uniforms.size` is the number of elements of the result; false by default. */
  readonly sized?: boolean;
}

/** Uniforms of whole numbers. */
export const integerUniforms = (values: Readonly<Record<string, number>>): ScalarUniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }));

/** Uniforms of float32. */
export const floatUniforms = (values: Readonly<Record<string, number>>): ScalarUniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'float32', value }));

/**
 * The same data with a neutral shape. tfjs compiles another pipeline if the shapes of inputs and output are equal or broadcast;
 * a matrix of one row beside an output of rank 1 never is.
 */
const asRow = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({
  dataId,
  dtype,
  shape: [1, util.sizeFromShape(shape)],
});

/**
 * tfjs declares one array that is written, and others for reading. Those that are written beside it are declared once more
 * under the same binding: WGSL allows that as long as a program uses only one of them, and `main` knows only these.
 */
const declareOutputs = (outputs: ProgramTensors, firstBinding: number): string =>
  Object.entries(outputs)
    .map(
      ([name, [, components]], index) =>
        `@group(0) @binding(${firstBinding + index}) var<storage, read_write> ${name} : ` +
        `array<${components === 1 ? 'f32' : `vec${components}<f32>`}>;\n`,
    )
    .join('');

/**
 * Dispatches a program.
 * @param output a shape, for a new float32 tensor which the caller owns, or an existing tensor, which is overwritten in
 *   place: then `result` may also be read, and must not be among the inputs
 */
export const dispatch = (
  backend: WebGPUBackend,
  {
    key,
    code,
    workgroups,
    workgroupThreads,
    inputs,
    outputs = {},
    uniforms,
    resultComponents,
    sized,
  }: Program,
  output: readonly number[] | TensorInfo,
): TensorInfo => {
  const target = 'dataId' in output ? output : backend.makeTensorInfo([...output], 'float32');
  const size = util.sizeFromShape(target.shape);
  const read = Object.entries(inputs);
  const written = Object.entries(outputs);
  const entries = [...read, ...written.map(([name, given]) => [`${name}ForReading`, given] as const)];
  const program: WebGPUProgram & OutputCount = {
    shaderKey: `residua-${key}`,
    outputShape: [size],
    outputComponent: resultComponents,
    variableNames: entries.map(([name]) => name),
    variableComponents: entries.map(([, [, components]]) => components),
    uniforms: uniforms.map(({ name, type }) => `${name} : ${type === 'int32' ? 'i32' : 'f32'}, `).join(''),
    ...(sized ? { size: true } : {}),
    workgroupSize: [workgroupThreads, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [workgroups, 1, 1],
    getUserCode: () => declareOutputs(outputs, 1 + read.length) + code(),
    moreOutputs: written.length,
  };
  backend.runWebGPUProgram(
    program,
    entries.map(([, [tensor]]) => asRow(tensor)),
    'float32',
    uniforms.map(({ type, value }) => ({ type, data: [value] })),
    { dataId: target.dataId, dtype: target.dtype, shape: [size] },
  );
  if ('dataId' in output) forgetCpuCopy(backend, output.dataId);
  for (const [, [{ dataId }]] of written) forgetCpuCopy(backend, dataId);
  return target;
};

/**
 * A tensor with the values of another, which the caller is about to give up. It shares the other's data if nobody else holds
 * them, so that they can be changed in place; else it is a copy. The caller owns it besides the other.
 */
export const takeOver = (backend: WebGPUBackend, tensor: TensorInfo): TensorInfo => {
  if (backend.refCount(tensor.dataId) === 1) {
    backend.incRef(tensor.dataId);
    const { dataId, dtype, shape } = tensor;
    // A new handle: tfjs would take the tensor itself for the one that the caller gives up.
    return { dataId, dtype, shape };
  }
  const own = backend.makeTensorInfo(tensor.shape, 'float32');
  copyTensor(backend, tensor, own);
  return own;
};

/**
 * Copies a tensor over another of the same size, without a program. A recording omits the copy if the source can be written
 * to the target's place directly.
 */
export const copyTensor = (backend: WebGPUBackend, source: TensorInfo, target: TensorInfo): void => {
  const trace = activeTrace(backend);
  if (trace) {
    trace.copy(source, target);
    return;
  }
  backend.uploadToGPU(source.dataId);
  backend.uploadToGPU(target.dataId);
  const from = regionOf(backend, source.dataId);
  const to = regionOf(backend, target.dataId);
  if (from.buffer === to.buffer && from.offset === to.offset) return;
  openEncoder(backend).copyBufferToBuffer(
    from.buffer as GPUBuffer,
    from.offset,
    to.buffer as GPUBuffer,
    to.offset,
    from.bytes,
  );
  forgetCpuCopy(backend, target.dataId);
};

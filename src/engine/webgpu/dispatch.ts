/** Dispatches the programs of all our WebGPU kernels; during a recording, this records them. */
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

/** Values per array element: f32, vec2f or vec4f. */
export type Components = 1 | 2 | 4;

/**
 * float32 tensors by the names of their WGSL arrays, each with the number of components per array element.
 */
export type ProgramTensors = Readonly<Record<string, readonly [TensorInfo, Components]>>;

/** A program and its tensors. */
export interface Program {
  /** Key of the WGSL: different sources have different keys. */
  readonly key: string;
  /**
   * Returns WGSL with `fn main(thread : i32)`, which must ignore surplus threads. Called only for a new
   * pipeline.
   */
  readonly code: () => string;
  readonly workgroups: number;
  readonly workgroupThreads: number;
  /**
   * Tensors that are only read. At most eight with outputs and `result`: every device has that many bindings.
   */
  readonly inputs: ProgramTensors;
  /** Existing tensors that are overwritten in place besides `result`, and can be read as well; none by default. */
  readonly outputs?: ProgramTensors;
  readonly uniforms: readonly ScalarUniform[];
  readonly resultComponents: Components;
  /** Whether `uniforms.size` is the number of elements of the result; false by default. */
  readonly sized?: boolean;
}

/** Declares whole-number uniforms. */
export const integerUniforms = (values: Readonly<Record<string, number>>): ScalarUniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }));

/** Declares float32 uniforms. */
export const floatUniforms = (values: Readonly<Record<string, number>>): ScalarUniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'float32', value }));

/**
 * The same data with a neutral shape. tfjs compiles another pipeline if the shapes of inputs and output are equal or broadcast;
 * that never applies to a one-row matrix with an output of rank 1.
 */
const asRow = ({ dataId, dtype, shape }: TensorInfo): TensorInfo => ({
  dataId,
  dtype,
  shape: [1, util.sizeFromShape(shape)],
});

/**
 * tfjs declares one array for writing, and the others for reading. Any further arrays to be written are
 * declared again under the same binding. WGSL allows that if a program uses only one of the two declarations,
 * and `main` uses only ours.
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
 * @param output the shape of a new float32 tensor, which the caller will own, or an existing tensor to
 *   overwrite in place; the program may then also read `result`, and the tensor must not be among the inputs
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
 * Returns a tensor with the values of a tensor that the caller is about to dispose of. If nobody else holds
 * the data, both share them, and they can be changed in place; otherwise the result is a copy. The caller
 * owns both.
 */
export const takeOver = (backend: WebGPUBackend, tensor: TensorInfo): TensorInfo => {
  if (backend.refCount(tensor.dataId) === 1) {
    backend.incRef(tensor.dataId);
    const { dataId, dtype, shape } = tensor;
    // A new handle: tfjs would mistake the same handle for the tensor that the caller disposes of.
    return { dataId, dtype, shape };
  }
  const own = backend.makeTensorInfo(tensor.shape, 'float32');
  copyTensor(backend, tensor, own);
  return own;
};

/**
 * Overwrites a tensor with another of the same size, without a program. A recording omits the copy if the
 * source can be written directly to the target's place.
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

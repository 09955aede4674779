/**
 * Everything that we use of tfjs's WebGPU backend beyond its public interface. The version of tfjs is pinned.
 * `tfjs-internals.gpu.test.ts` has a test for each of these fields, which fails if tfjs changes the field.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { BufferView, type Region } from './virtual-buffers.ts';

/** Pipelines by tfjs's keys; with `compileOnlyFlag`, new ones are promises. */
export type PipelineCache = Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;

/** With this flag, tfjs compiles pipelines but runs nothing. */
export const compileOnlyFlag = 'WEBGPU_ENGINE_COMPILE_ONLY';

/** The flag for the number of dispatches after which tfjs submits on its own. */
export const submitFlag = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';

/** tfjs's record of a tensor. */
export interface TensorRecord {
  readonly shape: readonly number[];
  /** Values on the CPU that are not uploaded yet, or that were read back. */
  values: unknown;
  /** A GPU buffer, or our stand-in for one. */
  resource?: object | null;
  /** If set, tfjs does not release the tensor's buffer to its pool. */
  external?: boolean;
}

interface BufferPool {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
  acquireBuffer(bytes: number, usage: number): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer): void;
}

interface Internals {
  readonly tensorMap: tf.DataStorage<TensorRecord>;
  readonly bufferManager: BufferPool;
  readonly pipelineCache: PipelineCache;
  readonly commandEncoder: GPUCommandEncoder | null;
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
}

const internalsOf = (backend: WebGPUBackend): Internals => backend as unknown as Internals;

const bytesPerValue = 4;

/** The usage flags of buffers that hold tensors. */
const tensorUsage = (): number => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** tfjs's record of a tensor; undefined once the tensor is disposed of. */
export const recordOf = (backend: WebGPUBackend, dataId: object): TensorRecord | undefined => {
  const { tensorMap } = internalsOf(backend);
  return tensorMap.has(dataId) ? tensorMap.get(dataId) : undefined;
};

/** The size of a tensor on the device, in bytes. */
export const bytesOf = ({ shape }: Pick<TensorRecord, 'shape'>): number =>
  bytesPerValue * tf.util.sizeFromShape([...shape]);

/** A tensor's buffer (real or a stand-in) and its place in that buffer. The tensor must be on the device. */
export const regionOf = (backend: WebGPUBackend, dataId: object): Region => {
  const record = recordOf(backend, dataId)!;
  const { resource } = record;
  if (resource instanceof BufferView) {
    const root = recordOf(backend, resource.rootId)!.resource!;
    return { buffer: root, offset: resource.offset, bytes: resource.bytes };
  }
  return { buffer: resource!, offset: 0, bytes: bytesOf(record) };
};

/** Drops the CPU copy of values that were read back. tfjs would return it even after the buffer has changed. */
export const forgetCpuCopy = (backend: WebGPUBackend, dataId: object): void => {
  const record = recordOf(backend, dataId);
  if (record?.resource) record.values = null;
};

/** Acquires a buffer of this size from tfjs's pool. */
export const acquireBuffer = (backend: WebGPUBackend, bytes: number): GPUBuffer =>
  internalsOf(backend).bufferManager.acquireBuffer(bytes, tensorUsage());

/** Releases a buffer obtained from `acquireBuffer`. */
export const releaseBuffer = (backend: WebGPUBackend, buffer: GPUBuffer): void =>
  internalsOf(backend).bufferManager.releaseBuffer(buffer);

/** tfjs's pipelines. */
export const pipelinesOf = (backend: WebGPUBackend): PipelineCache => internalsOf(backend).pipelineCache;

/**
 * The encoder of the commands that wait for submission, outside any compute pass. Creates it if necessary.
 */
export const openEncoder = (backend: WebGPUBackend): GPUCommandEncoder => {
  const internals = internalsOf(backend);
  internals.ensureCommandEncoderReady();
  internals.endComputePassEncoder();
  return internals.commandEncoder!;
};

/** Submits the waiting commands, if any. */
export const submitWaiting = (backend: WebGPUBackend): void => {
  const internals = internalsOf(backend);
  if (!internals.commandEncoder) return;
  internals.endComputePassEncoder();
  internals.submitQueue();
};

/** Writes a tensor's values in the order of submissions: after all earlier commands, and before all later ones. */
export const writeBuffer = (backend: WebGPUBackend, dataId: object, values: Float32Array): void => {
  submitWaiting(backend);
  const internals = internalsOf(backend);
  // Values still waiting to be uploaded would overwrite these.
  internals.tensorMap.get(dataId).values = null;
  internals.uploadToGPU(dataId);
  const { buffer, offset } = regionOf(backend, dataId);
  internals.queue.writeBuffer(buffer as GPUBuffer, offset, values as Float32Array<ArrayBuffer>);
};

const ownedByNobody = { has: () => false, add: () => undefined };

/** Lets the next tensor reuse a disposed tensor's buffer before the commands that use it are submitted. */
export const reuseBuffersAtOnce = (backend: WebGPUBackend): void => {
  Object.defineProperty(backend, 'commandQueueOwnedIds', {
    configurable: true,
    get: () => ownedByNobody,
    // tfjs sets this property at each submission.
    set: () => undefined,
  });
};

/** Destroys the buffers in tfjs's pool that no tensor uses. tfjs has no function for that. */
export const destroyFreeBuffers = (backend: WebGPUBackend): void => {
  submitWaiting(backend);
  const pool = internalsOf(backend).bufferManager;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers) {
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
    pool.numFreeBuffers -= buffers.length;
    buffers.length = 0;
  }
};

/** Total bytes of the buffers in tfjs's pool, free ones included. */
export const pooledBytes = (backend: WebGPUBackend): number =>
  internalsOf(backend).bufferManager.numBytesAllocated;

const readView = async (backend: WebGPUBackend, view: BufferView): Promise<ArrayBuffer> => {
  const { bufferManager } = internalsOf(backend);
  const { buffer } = { buffer: recordOf(backend, view.rootId)!.resource as GPUBuffer };
  const staging = bufferManager.acquireBuffer(view.bytes, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  openEncoder(backend).copyBufferToBuffer(buffer, view.offset, staging, 0, view.bytes);
  submitWaiting(backend);
  await staging.mapAsync(GPUMapMode.READ);
  const values = staging.getMappedRange().slice(0);
  staging.unmap();
  bufferManager.releaseBuffer(staging);
  return values;
};

const prepared = new WeakSet<WebGPUBackend>();

/**
 * Lets a tensor lie in another tensor's buffer, and stops the backend from caching values that are read back,
 * since a replay changes the buffer behind the cache. Later calls do nothing.
 */
export const prepareBackend = (backend: WebGPUBackend): void => {
  if (!(backend instanceof WebGPUBackend) || prepared.has(backend)) return;
  prepared.add(backend);
  const stock = backend as unknown as {
    tensorToBinding(tensor: tf.TensorInfo | null): GPUBindingResource | null;
    getBufferData(buffer: GPUBuffer): Promise<ArrayBuffer>;
  };
  const toBinding = stock.tensorToBinding.bind(backend);
  const bufferData = stock.getBufferData.bind(backend);
  Object.assign(backend, {
    tensorToBinding: (tensor: tf.TensorInfo | null) => {
      if (!tensor || !(recordOf(backend, tensor.dataId)?.resource instanceof BufferView))
        return toBinding(tensor);
      const { buffer, offset, bytes } = regionOf(backend, tensor.dataId);
      return { buffer, offset, size: bytes };
    },
    getBufferData: (buffer: GPUBuffer | BufferView) =>
      buffer instanceof BufferView ? readView(backend, buffer) : bufferData(buffer),
    convertAndCacheOnCPU: (_dataId: object, values: unknown) => values,
  });
};

/** A dispatch as tfjs would have recorded it. */
export interface CapturedDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly uniforms: ArrayBuffer;
  readonly workgroups: readonly [number, number, number];
}

/** The field that our programs have and tfjs's programs do not. */
export interface OutputCount {
  /** The number of inputs, counted from the end, that are also written; 0 by default. */
  readonly moreOutputs?: number;
}

/** The tensors that a program writes, and those that it only reads. */
export const outputsAndInputs = (
  { moreOutputs = 0 }: OutputCount,
  output: tf.TensorInfo,
  inputs: readonly tf.TensorInfo[],
): readonly [readonly tf.TensorInfo[], readonly tf.TensorInfo[]] => {
  const read = inputs.length - moreOutputs;
  return [[output, ...inputs.slice(read)], inputs.slice(0, read)];
};

/** Receives a backend's commands in place of the device. */
export interface Capture {
  /** Called instead of giving a tensor a buffer on the device. */
  readonly claim: (dataId: object) => void;
  readonly dispatch: (
    dispatch: CapturedDispatch,
    outputs: readonly tf.TensorInfo[],
    inputs: readonly tf.TensorInfo[],
  ) => void;
}

interface CapturedGroup {
  readonly layout: GPUBindGroupLayout;
}

/** A view of a backend, with tfjs's code and tensors, whose programs go to a capture instead of an encoder. */
const capturingFacade = (backend: WebGPUBackend, capture: Capture): object => {
  const { device } = backend;
  let uniforms = new ArrayBuffer(0);
  let pipeline: GPUComputePipeline | undefined;
  let group: CapturedGroup | undefined;
  let workgroups: [number, number, number] = [0, 0, 0];
  const values = {
    device: {
      limits: device.limits,
      createShaderModule: (descriptor: GPUShaderModuleDescriptor) => device.createShaderModule(descriptor),
      createComputePipeline: (descriptor: GPUComputePipelineDescriptor) =>
        device.createComputePipeline(descriptor),
      createComputePipelineAsync: (descriptor: GPUComputePipelineDescriptor) =>
        device.createComputePipelineAsync(descriptor),
      createBindGroup: (descriptor: CapturedGroup) => descriptor,
    },
    queue: {
      writeBuffer: (_buffer: unknown, _offset: number, source: ArrayBuffer) => {
        uniforms = source;
      },
    },
    bufferManager: { acquireBuffer: (size: number) => ({ size }) },
    uniformPendingDisposal: [],
    commandQueueOwnedIds: ownedByNobody,
    activeTimers: undefined,
    dispatchCountInPass: 0,
    computePassEncoder: {
      setPipeline: (given: GPUComputePipeline) => {
        pipeline = given;
      },
      setBindGroup: (_index: number, given: CapturedGroup) => {
        group = given;
      },
      dispatchWorkgroups: (x: number, y = 1, z = 1) => {
        workgroups = [x, y, z];
      },
    },
    ensureCommandEncoderReady: () => undefined,
    endComputePassEncoder: () => undefined,
    submitQueue: () => undefined,
    tensorToBinding: () => null,
    uploadToGPU: capture.claim,
    recordAndSubmit(
      program: OutputCount,
      output: tf.TensorInfo,
      inputs: tf.TensorInfo[],
      programUniforms: unknown,
    ): void {
      const stock = Reflect.get(WebGPUBackend.prototype, 'recordAndSubmit') as (...given: unknown[]) => void;
      stock.call(this, program, output, inputs, programUniforms);
      capture.dispatch(
        { pipeline: pipeline!, layout: group!.layout, uniforms, workgroups },
        ...outputsAndInputs(program, output, inputs),
      );
    },
  };
  const descriptors = Object.entries(values).map(
    ([name, value]) => [name, { value, writable: true }] as const,
  );
  return Object.create(backend, Object.fromEntries(descriptors)) as object;
};

/**
 * Runs `body` while all programs of the backend, stock ones included, go to a capture. Only new pipelines reach the device.
 */
export const capturing = (backend: WebGPUBackend, capture: Capture, body: () => void): void => {
  const facade = capturingFacade(backend, capture);
  const run = WebGPUBackend.prototype.runWebGPUProgram;
  Object.assign(backend, {
    runWebGPUProgram: (...given: Parameters<typeof run>) => run.apply(facade as WebGPUBackend, given),
    uploadToGPU: capture.claim,
    // tfjs computes small tensors on the CPU if their values are there; values written later would have no
    // effect.
    shouldExecuteOnCPU: () => false,
  });
  try {
    body();
  } finally {
    Reflect.deleteProperty(backend, 'runWebGPUProgram');
    Reflect.deleteProperty(backend, 'uploadToGPU');
    Reflect.deleteProperty(backend, 'shouldExecuteOnCPU');
  }
};

/** Uploads with tfjs's original method, even while a capture replaces that method. */
export const uploadNow = (backend: WebGPUBackend, dataId: object): void =>
  WebGPUBackend.prototype.uploadToGPU.call(backend, dataId);

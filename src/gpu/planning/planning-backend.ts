/**
 * A tfjs backend that computes nothing and counts: the same code that trains on WebGPU runs on it in milliseconds and
 * leaves behind how many bytes it would have held. Nothing of a plan has to be written twice, or kept in step with the
 * kernels: shapes, temporaries, order of release and tfjs's own tape are the real ones.
 */
// Registers the stock kernels, which our ops use here and there, and their gradients.
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { DeviceClass } from '#gpu/device-class.ts';
import { type PlannedBuffer, PlannedBufferPool } from './buffer-pool.ts';

const backendName = 'residua-planning';
const bytesPerElement = 4;

/** What kernels ask of a device when they plan. */
export interface PlannedDevice {
  readonly deviceClass: DeviceClass;
  /** As `GPUAdapterInfo.architecture`. */
  readonly architecture: string;
  /** As `GPUSupportedLimits.maxComputeWorkgroupStorageSize`. */
  readonly workgroupStorageBytes: number;
}

interface PlannedData {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  refCount: number;
  /** Undefined until a kernel first touches it, as in tfjs. */
  buffer: PlannedBuffer | undefined;
  /** tfjs's kernels look here for values on the CPU: there are none. */
  values: null;
}

/** What of a `WebGPUProgram` says how large its output is. */
interface ProgramShape {
  readonly outputShape: number[];
}

const bytesOf = ({ shape }: PlannedData): number => bytesPerElement * tf.util.sizeFromShape([...shape]);

class PlanningBackend extends tf.KernelBackend {
  readonly pool = new PlannedBufferPool();
  /** Buffers of another usage, which never change places with those of tensors. */
  readonly readPool = new PlannedBufferPool();
  readonly tensorMap = new tf.DataStorage<PlannedData>(this, tf.engine());
  readonly thresholdToIncreaseWorkgroups = 8;
  readonly device: unknown;

  constructor({ deviceClass, architecture, workgroupStorageBytes }: PlannedDevice) {
    super();
    this.device = {
      adapterInfo: { isFallbackAdapter: deviceClass === 'cpu', architecture },
      limits: {
        maxComputeWorkgroupStorageSize: workgroupStorageBytes,
        maxComputeWorkgroupsPerDimension: 65_535,
      },
    };
  }

  override write(_values: unknown, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, _values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: object,
    _values: unknown,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    this.tensorMap.set(dataId, { shape, dtype, refCount, buffer: undefined, values: null });
  }

  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo {
    return { dataId: this.write(undefined, shape, dtype), shape, dtype };
  }

  /** The values are nobody's: what counts is the buffer through which they would come. */
  override read(dataId: object): Promise<tf.BackendValues> {
    const data = this.tensorMap.get(dataId);
    this.readPool.release(this.readPool.acquire(bytesOf(data)));
    return Promise.resolve(new Float32Array());
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.tensorMap.has(dataId)) return true;
    const data = this.tensorMap.get(dataId);
    data.refCount = force ? 0 : data.refCount - 1;
    if (data.refCount > 0) return false;
    if (data.buffer) this.pool.release(data.buffer);
    this.tensorMap.delete(dataId);
    return true;
  }

  override refCount(dataId: object): number {
    return this.tensorMap.has(dataId) ? this.tensorMap.get(dataId).refCount : 0;
  }

  override incRef(dataId: object): void {
    this.tensorMap.get(dataId).refCount++;
  }

  override numDataIds(): number {
    return this.tensorMap.numDataIds();
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override dispose(): void {}

  shouldExecuteOnCPU(): boolean {
    return false;
  }

  /** Does what tfjs does with memory when it runs a program: each tensor gets its buffer when it is first used. */
  runWebGPUProgram(
    program: ProgramShape,
    inputs: readonly tf.TensorInfo[],
    dtype: tf.DataType,
    _uniforms?: unknown,
    output?: tf.TensorInfo,
  ): tf.TensorInfo {
    const result = output ?? this.makeTensorInfo(program.outputShape, dtype);
    for (const { dataId } of [result, ...inputs]) this.allocate(dataId);
    return result;
  }

  uploadToGPU(dataId: object): void {
    this.allocate(dataId);
  }

  private allocate(dataId: object): void {
    const data = this.tensorMap.get(dataId);
    data.buffer ??= this.pool.acquire(bytesOf(data));
  }
}

/** What a rehearsal would hold on the GPU. */
export interface PlannedMemory {
  /** All buffers together, at the end and at the peak: tfjs gives none back. */
  readonly bytes: number;
  /** The largest single buffer: adapters limit it. */
  readonly largestBufferBytes: number;
}

/**
 * A tensor of a rehearsal, without any values behind it: a batch of images may be larger than this thread could hold.
 * @param shape of float32 values; the tensor is the caller's
 * @throws Error outside `planMemory`
 */
export const plannedTensor = <R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> => {
  const backend = tf.backend();
  if (!(backend instanceof PlanningBackend)) throw new Error('A planned tensor exists in a rehearsal only.');
  return tf.engine().makeTensorFromTensorInfo(backend.makeTensorInfo(shape, 'float32')) as tf.Tensor<R>;
};

/** Kernels are registered when their modules load, which may be after the first plan. */
const registerMissingKernels = (): void => {
  for (const kernel of tf.getKernelsForBackend('webgpu')) {
    if (!tf.getKernel(kernel.kernelName, backendName)) {
      tf.registerKernel({ kernelName: kernel.kernelName, kernelFunc: kernel.kernelFunc, backendName });
    }
  }
};

/** Switches at once: a backend whose factory is synchronous, or that runs already, is there when the call returns. */
const switchTo = (name: string): void => void tf.setBackend(name);

/**
 * Runs `rehearse` on a backend without a device and tells what memory the same calls would hold on WebGPU. The backend
 * that was active is active again afterwards.
 * @param rehearse synchronous; reads nothing back; the tensors that it makes are its own to dispose, and what it leaves
 *   is freed
 */
export const planMemory = (device: PlannedDevice, rehearse: () => void): PlannedMemory => {
  // Undefined where no backend has been started: then there is none to go back to.
  const before: string | undefined = tf.engine().backendName;
  const backend = new PlanningBackend(device);
  tf.registerBackend(backendName, () => backend);
  registerMissingKernels();
  switchTo(backendName);
  const engine = tf.engine();
  engine.startScope('planning');
  try {
    rehearse();
    return {
      bytes: backend.pool.allocatedBytes + backend.readPool.allocatedBytes,
      largestBufferBytes: backend.pool.largestBytes,
    };
  } finally {
    engine.endScope();
    if (before) switchTo(before);
    tf.removeBackend(backendName);
  }
};

/**
 * A tfjs backend that computes nothing and only counts. The code that trains on WebGPU runs on it in
 * milliseconds, which yields the bytes that the training would hold. So no plan duplicates the code of the
 * kernels: shapes, temporary tensors, order of release and tfjs's tape are the real ones.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceClass } from '#core/device.ts';
import { registerKernels } from '../op-kernels.ts';
import { onTemporaryBackend } from '../temporary-backend.ts';
import { Arena } from '../webgpu/arena.ts';
import { bufferLifetimes } from '../webgpu/buffer-lifetimes.ts';
import { registerWebgpuKernels } from '../webgpu/kernels.ts';
import { type OutputCount, outputsAndInputs, type TensorRecord } from '../webgpu/tfjs-internals.ts';
import { Trace } from '../webgpu/trace.ts';
import { type Access, bindingAlignment } from '../webgpu/virtual-buffers.ts';
import { PlannedBufferPool } from './buffer-pool.ts';
import type { PlannedMemory } from './planned-memory.ts';

const backendName = 'residua-planning';
const bytesPerElement = 4;

/** Device properties that kernels use in their plans. */
export interface PlannedDevice {
  readonly deviceClass: DeviceClass;
  /** As `GPUAdapterInfo.architecture`. */
  readonly architecture: string;
  /** As `GPUSupportedLimits.maxComputeWorkgroupStorageSize`. */
  readonly workgroupStorageBytes: number;
}

/** A buffer that exists only as a size. */
class PlannedBuffer {
  constructor(readonly bytes: number) {}
}

interface PlannedData extends TensorRecord {
  readonly dtype: tf.DataType;
  refCount: number;
  /** tfjs's kernels look here for values on the CPU. */
  values: null;
  /** Whether a real backend would have values to upload. */
  readonly hasValues: boolean;
}

/** The part of a `WebGPUProgram` that describes the size of its output and the tensors that it writes. */
interface ProgramShape extends OutputCount {
  readonly outputShape: number[];
}

const bytesOf = ({ shape }: Pick<PlannedData, 'shape'>): number =>
  bytesPerElement * tf.util.sizeFromShape([...shape]);

class PlanningBackend extends tf.KernelBackend {
  readonly pool = new PlannedBufferPool();
  /** Buffers for readbacks, which are never reused for tensors. */
  readonly readPool = new PlannedBufferPool();
  readonly arena = new Arena<number>({
    create: (bytes) => {
      this.largestArenaBytes = Math.max(this.largestArenaBytes, bytes);
      return bytes;
    },
    destroy: () => undefined,
  });
  /** Bytes of the uniforms of all recordings. */
  uniformBytes = 0;
  /** Number of dispatches of each recording. */
  readonly dispatches: number[] = [];
  readonly tensorMap = new tf.DataStorage<PlannedData>(this, tf.engine());
  readonly thresholdToIncreaseWorkgroups = 8;
  readonly device: unknown;
  /** Accepts commands and does nothing. */
  readonly queue = { writeBuffer: () => undefined };
  readonly commandEncoder = { copyBufferToBuffer: () => undefined };
  private trace: Trace<Access> | undefined;
  private peak = 0;
  private largestArenaBytes = 0;

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

  ensureCommandEncoderReady(): void {}

  endComputePassEncoder(): void {}

  submitQueue(): void {}

  /** The most bytes held at the end of any recording, or now. */
  get peakBytes(): number {
    const { pool, readPool, arena, uniformBytes } = this;
    const present = pool.allocatedBytes + readPool.allocatedBytes + arena.bytes + uniformBytes;
    this.peak = Math.max(this.peak, present);
    return this.peak;
  }

  get largestBytes(): number {
    return Math.max(this.pool.largestBytes, this.largestArenaBytes);
  }

  override write(values: unknown, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: object,
    values: unknown,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    const hasValues = values !== null && values !== undefined;
    this.tensorMap.set(dataId, { shape, dtype, refCount, values: null, hasValues });
  }

  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo {
    return { dataId: this.write(undefined, shape, dtype), shape, dtype };
  }

  /** Returns no values, but counts the buffer of the readback. */
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
    if (data.resource instanceof PlannedBuffer && !data.external) this.pool.release(data.resource);
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

  /** Allocates as tfjs does for a program: each tensor gets its buffer at its first use. */
  runWebGPUProgram(
    program: ProgramShape,
    inputs: readonly tf.TensorInfo[],
    dtype: tf.DataType,
    _uniforms?: unknown,
    output?: tf.TensorInfo,
  ): tf.TensorInfo {
    const result = output ?? this.makeTensorInfo(program.outputShape, dtype);
    for (const { dataId } of [result, ...inputs]) this.uploadToGPU(dataId);
    this.trace?.add(...outputsAndInputs(program, result, inputs), (access) => access);
    return result;
  }

  uploadToGPU(dataId: object): void {
    if (this.trace) this.trace.claim(dataId);
    else this.allocate(dataId);
  }

  /** Allocates as a recording on WebGPU does. */
  record(body: () => void): { replay: () => void; dispose: () => void } {
    const trace = new Trace<Access>({
      // The trace uses nothing but tensors, and ours are like those of the WebGPU backend.
      backend: this as unknown as WebGPUBackend,
      hasValues: (record) => (record as PlannedData).hasValues,
      upload: (dataId) => {
        this.allocate(dataId);
        this.tensorMap.get(dataId).external = true;
      },
      acquire: (bytes) => this.acquire(bytes),
      giveBack: (dataId) => {
        this.tensorMap.get(dataId).external = false;
      },
      copy: (access) => access,
    });
    this.trace = trace;
    try {
      trace.during(body);
    } finally {
      this.trace = undefined;
    }
    const { commands, temporary, constants } = trace.finish();
    this.pool.giveBack();
    const lifetimes = bufferLifetimes(commands, temporary);
    const dispatches = commands.filter(({ kind }) => kind === 'dispatch').length;
    const uniformBytes = bindingAlignment * dispatches;
    this.dispatches.push(dispatches);
    this.arena.add(lifetimes);
    this.uniformBytes += uniformBytes;
    void this.peakBytes;
    return {
      replay: () => undefined,
      dispose: () => {
        this.arena.remove(lifetimes);
        this.uniformBytes -= uniformBytes;
        for (const buffer of constants) this.pool.release(buffer as PlannedBuffer);
      },
    };
  }

  private acquire(bytes: number): PlannedBuffer {
    this.pool.acquire(bytes);
    return new PlannedBuffer(bytes);
  }

  private allocate(dataId: object): void {
    const data = this.tensorMap.get(dataId);
    data.resource ??= this.acquire(bytesOf(data));
  }
}

/** Registers WebGPU's kernels for plans, including those of tfjs. */
const registerPlanningKernels = (): void => {
  registerWebgpuKernels();
  const all = tf.getKernelsForBackend('webgpu').map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]);
  registerKernels(backendName, Object.fromEntries(all));
};

/**
 * Runs `rehearse` on a backend without a device, restores the active backend, and returns the memory that the
 * same calls would hold on WebGPU.
 * @param rehearse synchronous; reads nothing back; tensors that it does not dispose of are freed
 */
export const planMemory = (device: PlannedDevice, rehearse: () => void): PlannedMemory => {
  registerPlanningKernels();
  const backend = new PlanningBackend(device);
  onTemporaryBackend(backendName, backend, rehearse);
  return {
    bytes: backend.peakBytes,
    largestBufferBytes: backend.largestBytes,
    dispatches: backend.dispatches,
  };
};

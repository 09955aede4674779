/** One test for each private field of tfjs that `tfjs-internals.ts` uses: each fails when tfjs changes it. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeGpu } from '#testing/gpu.ts';
import { webgpuBackend } from './backend.ts';
import * as internals from './tfjs-internals.ts';
import { BufferView } from './virtual-buffers.ts';

const fieldOf = (name: string): unknown => Reflect.get(webgpuBackend(), name);

/** A tensor that has a buffer, since it is too large for tfjs to compute it on the CPU. */
const onDevice = (size = 2000): tf.Tensor1D => tf.tidy(() => tf.keep(tf.neg(tf.ones([size])) as tf.Tensor1D));

describeGpu('what is used of tfjs’s backend', () => {
  it('tensorMap keeps shape, values and resource of a tensor, and forgets it with the tensor', async () => {
    const backend = webgpuBackend();
    const waiting = tf.tensor1d([1, 2, 3]);
    expect(internals.recordOf(backend, waiting.dataId)).toMatchObject({
      shape: [3],
      values: Float32Array.of(1, 2, 3),
    });
    const tensor = onDevice();
    const record = internals.recordOf(backend, tensor.dataId)!;
    expect(record.resource).toBeInstanceOf(GPUBuffer);
    expect(internals.regionOf(backend, tensor.dataId)).toEqual({
      buffer: record.resource,
      offset: 0,
      bytes: 8000,
    });
    tensor.dispose();
    internals.submitWaiting(backend);
    expect(internals.recordOf(backend, tensor.dataId)).toBeUndefined();
  });

  it('values: what they hold is served instead of the buffer, until it is forgotten', async () => {
    const backend = webgpuBackend();
    const tensor = onDevice();
    internals.recordOf(backend, tensor.dataId)!.values = Float32Array.of(7);
    expect((await tensor.data())[0]).toBe(7);
    internals.forgetCpuCopy(backend, tensor.dataId);
    expect((await tensor.data())[0]).toBe(-1);
  });

  it('external: keeps the buffer of a disposed tensor out of the pool', () => {
    const backend = webgpuBackend();
    const tensor = onDevice(3001);
    const record = internals.recordOf(backend, tensor.dataId)!;
    const { resource } = record;
    record.external = true;
    tensor.dispose();
    internals.submitWaiting(backend);
    const next = internals.acquireBuffer(backend, 4 * 3001);
    expect(next).not.toBe(resource);
    internals.releaseBuffer(backend, resource as GPUBuffer);
    expect(internals.acquireBuffer(backend, 4 * 3001)).toBe(resource);
    for (const buffer of [next, resource as GPUBuffer]) internals.releaseBuffer(backend, buffer);
  });

  it('bufferManager: counts its bytes, and frees those that no tensor uses', () => {
    const backend = webgpuBackend();
    internals.destroyFreeBuffers(backend);
    const before = internals.pooledBytes(backend);
    const buffer = internals.acquireBuffer(backend, 4 * 4099);
    expect(buffer.usage).toBe(GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
    expect(internals.pooledBytes(backend)).toBe(before + 4 * 4099);
    internals.releaseBuffer(backend, buffer);
    expect(internals.pooledBytes(backend)).toBe(before + 4 * 4099);
    internals.destroyFreeBuffers(backend);
    expect(internals.pooledBytes(backend)).toBe(before);
    expect(tf.memory()).toMatchObject({ numBytesAllocatedInGPU: before });
  });

  it('pipelineCache: has the pipelines by key, and promises while only compiling', async () => {
    const backend = webgpuBackend();
    const cache = internals.pipelinesOf(backend);
    const keys = new Set(Object.keys(cache));
    tf.env().set(internals.compileOnlyFlag, true);
    try {
      tf.tidy(() => void tf.atanh(onDevice()));
    } finally {
      tf.env().set(internals.compileOnlyFlag, false);
    }
    const added = Object.entries(cache).filter(([key]) => !keys.has(key));
    expect(added.length).toBeGreaterThan(0);
    for (const [key, pipeline] of added) {
      if (pipeline instanceof Promise) cache[key] = await pipeline;
      expect(cache[key]).toBeInstanceOf(GPUComputePipeline);
    }
    expect(added.some(([, pipeline]) => pipeline instanceof Promise)).toBe(true);
  });

  it('commandEncoder: is there while commands wait, outside of any pass when it is asked for', () => {
    const backend = webgpuBackend();
    internals.submitWaiting(backend);
    expect(fieldOf('commandEncoder')).toBeNull();
    tf.env().set(internals.submitFlag, 2 ** 31);
    try {
      onDevice().dispose();
      expect(fieldOf('commandEncoder')).toBeInstanceOf(GPUCommandEncoder);
      expect(fieldOf('computePassEncoder')).toBeInstanceOf(GPUComputePassEncoder);
      expect(internals.openEncoder(backend)).toBe(fieldOf('commandEncoder'));
      expect(fieldOf('computePassEncoder')).toBeNull();
    } finally {
      tf.env().set(internals.submitFlag, 15);
    }
    internals.submitWaiting(backend);
    expect(fieldOf('commandEncoder')).toBeNull();
  });

  it('commandQueueOwnedIds: holds buffers until the submission, unless it is replaced', () => {
    const backend = webgpuBackend();
    tf.env().set(internals.submitFlag, 2 ** 31);
    const isReused = (size: number): boolean => {
      const tensor = onDevice(size);
      const { resource } = internals.recordOf(backend, tensor.dataId)!;
      tensor.dispose();
      const next = internals.acquireBuffer(backend, 4 * size);
      internals.releaseBuffer(backend, next);
      return next === resource;
    };
    try {
      if (fieldOf('commandQueueOwnedIds') instanceof WeakSet) expect(isReused(5003)).toBe(false);
      internals.reuseBuffersAtOnce(backend);
      expect(isReused(5009)).toBe(true);
      internals.submitWaiting(backend);
      expect(isReused(5011)).toBe(true);
    } finally {
      tf.env().set(internals.submitFlag, 15);
    }
    internals.submitWaiting(backend);
  });

  it('queue: writes precede commands that are recorded later, also over pending values', async () => {
    const tensor = tf.tensor1d([1, 2, 3, 4]);
    internals.writeBuffer(webgpuBackend(), tensor.dataId, Float32Array.of(5, 6, 7, 8));
    const doubled = tf.mul(tensor, 2);
    internals.writeBuffer(webgpuBackend(), tensor.dataId, Float32Array.of(0, 0, 0, 0));
    expect(Array.from(await doubled.data())).toEqual([10, 12, 14, 16]);
  });

  it('tensorToBinding and getBufferData: take a part of another tensor’s buffer', async () => {
    const backend = webgpuBackend();
    internals.prepareBackend(backend);
    const root = tf.add(tf.range(0, 128), tf.zeros([128])) as tf.Tensor1D;
    backend.uploadToGPU(root.dataId);
    const info = backend.makeTensorInfo([3], 'float32');
    internals.recordOf(backend, info.dataId)!.resource = new BufferView(root.dataId, 256, 12);
    const view = tf.engine().makeTensorFromTensorInfo(info);
    expect(Array.from(await view.data())).toEqual([64, 65, 66]);
    expect(Array.from(await tf.mul(view, 2).data())).toEqual([128, 130, 132]);
    view.dispose();
    expect(Array.from((await root.data()).slice(0, 2))).toEqual([0, 1]);
  });

  it('convertAndCacheOnCPU: retains no read value', async () => {
    const backend = webgpuBackend();
    internals.prepareBackend(backend);
    const tensor = onDevice();
    await tensor.data();
    expect(internals.recordOf(backend, tensor.dataId)!.values ?? null).toBeNull();
    expect(Reflect.get(WebGPUBackend.prototype, 'convertAndCacheOnCPU')).toBeTypeOf('function');
  });

  it('recordAndSubmit, makeUniforms, uploadToGPU and shouldExecuteOnCPU: stock programs end in a capture', async () => {
    const backend = webgpuBackend();
    const input = tf.tensor1d([1, 2, 3]);
    const before = onDevice(3);
    const claimed: object[] = [];
    const captured: [internals.CapturedDispatch, readonly tf.TensorInfo[], readonly tf.TensorInfo[]][] = [];
    const standIn = {};
    let result: tf.Tensor | undefined;
    internals.capturing(
      backend,
      {
        claim: (dataId) => {
          claimed.push(dataId);
          internals.recordOf(backend, dataId)!.resource ??= standIn;
        },
        dispatch: (...given) => captured.push(given),
      },
      () => {
        result = tf.neg(before);
      },
    );
    expect(claimed).toContain(result!.dataId);
    const [[dispatch, outputs, inputs]] = captured as [(typeof captured)[0]];
    expect(captured).toHaveLength(1);
    expect(outputs.map(({ dataId }) => dataId)).toEqual([result!.dataId]);
    expect(inputs.map(({ dataId }) => dataId)).toEqual([before.dataId]);
    expect(dispatch.pipeline).toBeInstanceOf(GPUComputePipeline);
    expect(dispatch.layout).toBeInstanceOf(GPUBindGroupLayout);
    expect(dispatch.workgroups).toEqual([1, 1, 1]);
    // NaN, infinity, and shapes; the last uniform is the number of values.
    const uniforms = new Float32Array(dispatch.uniforms);
    expect([uniforms[0], uniforms[1]]).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
    expect([...new Int32Array(dispatch.uniforms)]).toContain(3);
    result!.dispose();
    // The backend works as before.
    expect(Array.from(await tf.neg(input).data())).toEqual([-1, -2, -3]);
    expect(Object.hasOwn(backend, 'runWebGPUProgram')).toBe(false);
  });
});

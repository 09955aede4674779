/** Records work on WebGPU as a list of commands, with bind groups and buffers that are made once. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { Arena } from './arena.ts';
import { webgpuBackend } from './backend.ts';
import { bufferLifetimes, type Lifetimes } from './buffer-lifetimes.ts';
import {
  acquireBuffer,
  type CapturedDispatch,
  capturing,
  destroyFreeBuffers,
  forgetCpuCopy,
  openEncoder,
  prepareBackend,
  recordOf,
  releaseBuffer,
  submitWaiting,
  uploadNow,
} from './tfjs-internals.ts';
import { Trace, type TraceResult } from './trace.ts';
import { type Access, aligned, type Region, VirtualBuffer } from './virtual-buffers.ts';

interface DispatchCommand extends Access, CapturedDispatch {
  readonly kind: 'dispatch';
}

interface CopyCommand extends Access {
  readonly kind: 'copy';
}

type Command = DispatchCommand | CopyCommand;

/** Frees the buffers of a trace that will not be run. */
export const dropTrace = (backend: WebGPUBackend, { constants }: TraceResult<Command>): void => {
  for (const buffer of constants) releaseBuffer(backend, buffer as GPUBuffer);
};

/** Traces the commands of `body` without running them. Only uploads reach the device. */
export const traceOn = (backend: WebGPUBackend, body: () => void): TraceResult<Command> => {
  prepareBackend(backend);
  const trace = new Trace<Command>({
    backend,
    hasValues: ({ values }) => values !== null && values !== undefined,
    upload: (dataId) => {
      uploadNow(backend, dataId);
      recordOf(backend, dataId)!.external = true;
    },
    acquire: (bytes) => acquireBuffer(backend, bytes),
    giveBack: (dataId) => {
      recordOf(backend, dataId)!.external = false;
    },
    copy: (access) => ({ ...access, kind: 'copy' }),
  });
  let isDone = false;
  let result: TraceResult<Command>;
  try {
    trace.during(() =>
      capturing(
        backend,
        {
          claim: (dataId) => trace.claim(dataId),
          dispatch: (captured, outputs, inputs) =>
            trace.add(outputs, inputs, (access) => ({ ...access, ...captured, kind: 'dispatch' })),
        },
        body,
      ),
    );
    isDone = true;
  } finally {
    // Also needed after an error: tensors that outlive the trace need real buffers.
    result = trace.finish();
    if (!isDone) dropTrace(backend, result);
  }
  return result;
};

/** State that the recordings of a backend share. */
interface Shared {
  readonly arena: Arena<GPUBuffer>;
  /** Bytes of the uniforms of all recordings. */
  uniformBytes: number;
}

const sharedOf = new WeakMap<WebGPUBackend, Shared>();

const sharedBy = (backend: WebGPUBackend): Shared => {
  let shared = sharedOf.get(backend);
  if (!shared) {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    shared = {
      arena: new Arena<GPUBuffer>({
        create: (size) => backend.device.createBuffer({ size, usage }),
        destroy: (buffer) => buffer.destroy(),
      }),
      uniformBytes: 0,
    };
    sharedOf.set(backend, shared);
  }
  return shared;
};

/** Bytes that the recordings of a backend hold besides tfjs's own buffers. */
export const recordedBytes = (backend: WebGPUBackend): number => {
  const shared = sharedOf.get(backend);
  return shared ? shared.arena.bytes + shared.uniformBytes : 0;
};

interface PlacedRegion {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

type EncodedCommand =
  | { readonly pipeline: GPUComputePipeline; readonly group: GPUBindGroup; readonly command: DispatchCommand }
  | { readonly source: PlacedRegion; readonly target: PlacedRegion };

/** One buffer with the uniforms of all dispatches, each at a multiple of 256 bytes. */
class Uniforms {
  readonly buffer: GPUBuffer;
  readonly offsets: readonly number[];

  constructor({ device }: WebGPUBackend, dispatches: readonly DispatchCommand[]) {
    let size = 0;
    this.offsets = dispatches.map(({ uniforms }) => {
      const offset = size;
      size += aligned(uniforms.byteLength);
      return offset;
    });
    this.buffer = device.createBuffer({
      size: Math.max(size, aligned(1)),
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      mappedAtCreation: true,
    });
    const bytes = new Uint8Array(this.buffer.getMappedRange());
    for (const [index, { uniforms }] of dispatches.entries()) {
      bytes.set(new Uint8Array(uniforms), this.offsets[index]!);
    }
    this.buffer.unmap();
  }
}

/** A list of commands on a device. */
export class GpuRecording {
  private readonly lifetimes: Lifetimes;
  private readonly uniforms: Uniforms;
  private readonly shared: Shared;
  private encoded: readonly EncodedCommand[] = [];
  private generation = -1;
  private disposed = false;

  constructor(
    private readonly backend: WebGPUBackend,
    private readonly trace: TraceResult<Command>,
  ) {
    this.lifetimes = bufferLifetimes(trace.commands, trace.temporary);
    this.shared = sharedBy(backend);
    this.uniforms = new Uniforms(backend, this.dispatchCommands);
    this.shared.uniformBytes += this.uniforms.buffer.size;
    this.shared.arena.add(this.lifetimes);
  }

  /** Number of dispatches per replay. */
  get dispatches(): number {
    return this.dispatchCommands.length;
  }

  /** Number of copies per replay. */
  get copies(): number {
    return this.trace.commands.length - this.dispatches - this.lifetimes.elided.size;
  }

  /** @throws Error if the recording has been disposed of */
  replay(): void {
    if (this.disposed) throw new Error('A recording was replayed after its disposal.');
    if (this.generation !== this.shared.arena.generation) this.bind();
    const { backend } = this;
    const encoder = openEncoder(backend);
    let pass: GPUComputePassEncoder | undefined;
    let pipeline: GPUComputePipeline | undefined;
    for (const entry of this.encoded) {
      if ('group' in entry) {
        pass ??= encoder.beginComputePass();
        if (entry.pipeline !== pipeline) pass.setPipeline(entry.pipeline);
        pipeline = entry.pipeline;
        pass.setBindGroup(0, entry.group);
        const [x, y, z] = entry.command.workgroups;
        pass.dispatchWorkgroups(x, y, z);
        continue;
      }
      pass?.end();
      pass = undefined;
      pipeline = undefined;
      const { source, target } = entry;
      encoder.copyBufferToBuffer(source.buffer, source.offset, target.buffer, target.offset, target.size);
    }
    pass?.end();
    submitWaiting(backend);
    for (const dataId of this.trace.changed) forgetCpuCopy(backend, dataId);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.encoded = [];
    this.shared.arena.remove(this.lifetimes);
    this.shared.uniformBytes -= this.uniforms.buffer.size;
    this.uniforms.buffer.destroy();
    dropTrace(this.backend, this.trace);
  }

  private get dispatchCommands(): readonly DispatchCommand[] {
    return this.trace.commands.filter((command) => command.kind === 'dispatch');
  }

  private place(region: Region): PlacedRegion {
    const { buffer, offset, bytes: size } = this.lifetimes.resolve(region);
    if (!(buffer instanceof VirtualBuffer)) return { buffer: buffer as GPUBuffer, offset, size };
    const acquired = this.trace.acquired.get(buffer);
    if (acquired) return { buffer: acquired as GPUBuffer, offset, size };
    const { buffer: shared, place } = this.shared.arena.placeOf(this.lifetimes, buffer);
    return { buffer: shared, offset: place.offset + offset, size };
  }

  private bind(): void {
    const { device } = this.backend;
    let dispatched = 0;
    this.encoded = this.trace.commands.flatMap((command): EncodedCommand[] => {
      if (command.kind === 'copy') {
        if (this.lifetimes.elided.has(command)) return [];
        return [{ source: this.place(command.reads[0]!), target: this.place(command.writes[0]!) }];
      }
      const [result, ...others] = command.writes;
      const resources: GPUBufferBinding[] = [
        ...[result!, ...command.reads, ...others].map((region) => this.place(region)),
        {
          buffer: this.uniforms.buffer,
          offset: this.uniforms.offsets[dispatched++]!,
          size: command.uniforms.byteLength,
        },
      ];
      const group = device.createBindGroup({
        layout: command.layout,
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
      return [{ pipeline: command.pipeline, group, command }];
    });
    this.generation = this.shared.arena.generation;
  }
}

/** Records on WebGPU. The first run is a replay, so the work never holds more than the plan's bytes. */
export const recordOnWebGpu = (body: () => void): GpuRecording => {
  const backend = webgpuBackend();
  const trace = traceOn(backend, body);
  if (trace.changesConstants) {
    dropTrace(backend, trace);
    throw new Error('A recording changes a tensor that was uploaded while it was made.');
  }
  destroyFreeBuffers(backend);
  const recording = new GpuRecording(backend, trace);
  recording.replay();
  return recording;
};

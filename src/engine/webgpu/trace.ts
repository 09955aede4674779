/** Collects the commands of some work instead of running them, and the buffers that they need. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { bytesOf, recordOf, regionOf, type TensorRecord } from './tfjs-internals.ts';
import { type Access, VirtualBuffer } from './virtual-buffers.ts';

/** The device's part in a trace. */
export interface TraceHost<Command extends Access> {
  readonly backend: WebGPUBackend;
  /** Whether the tensor has values that wait to be uploaded. */
  readonly hasValues: (record: TensorRecord) => boolean;
  /** Uploads a tensor's values to a buffer that outlives the tensor. */
  readonly upload: (dataId: object) => void;
  /** Acquires a buffer for a tensor that outlives the trace. */
  readonly acquire: (bytes: number) => object;
  /** Lets an uploaded tensor that outlives the trace own its buffer again. */
  readonly giveBack: (dataId: object) => void;
  readonly copy: (access: Access) => Command;
}

/** The result of a trace. */
export interface TraceResult<Command extends Access> {
  readonly commands: readonly Command[];
  /** Buffers whose contents are not needed before or after the commands. */
  readonly temporary: ReadonlySet<VirtualBuffer>;
  /** The real buffers of the stand-ins whose tensors outlived the trace. */
  readonly acquired: ReadonlyMap<VirtualBuffer, object>;
  /** Buffers of uploaded values whose tensors have been disposed. The owner of the commands owns them. */
  readonly constants: readonly object[];
  /** Surviving tensors that the commands change. */
  readonly changed: readonly object[];
  /** Whether the commands change one of `constants`, so that a second run would start from other values. */
  readonly changesConstants: boolean;
}

const activeTraces = new WeakMap<object, Trace<Access>>();

/** The current trace on a backend, if any. */
export const activeTrace = (backend: object): Trace<Access> | undefined => activeTraces.get(backend);

/** Collects commands. A backend has at most one trace at a time. */
export class Trace<Command extends Access> {
  private readonly commands: Command[] = [];
  private readonly virtual = new Map<object, VirtualBuffer>();
  private readonly constants = new Map<object, object>();
  private readonly changed = new Set<object>();

  constructor(private readonly host: TraceHost<Command>) {}

  /** Collects the commands of `body`. @throws Error within another trace */
  during(body: () => void): void {
    const { backend } = this.host;
    if (activeTraces.has(backend)) throw new Error('A recording cannot be made within a recording.');
    activeTraces.set(backend, this as unknown as Trace<Access>);
    try {
      body();
    } finally {
      activeTraces.delete(backend);
    }
  }

  /** If a tensor is not on the device, uploads its values or gives it a stand-in. */
  claim(dataId: object): void {
    const { backend, hasValues, upload } = this.host;
    const record = recordOf(backend, dataId)!;
    if (record.resource) return;
    if (hasValues(record)) {
      upload(dataId);
      this.constants.set(dataId, record.resource!);
      return;
    }
    const buffer = new VirtualBuffer(bytesOf(record));
    record.resource = buffer;
    this.virtual.set(dataId, buffer);
  }

  /** Adds a command, whose tensors must have been claimed. */
  add(
    outputs: readonly TensorInfo[],
    inputs: readonly TensorInfo[],
    commandOf: (access: Access) => Command,
  ): void {
    const { backend } = this.host;
    const access: Access = {
      kind: 'dispatch',
      writes: outputs.map(({ dataId }) => regionOf(backend, dataId)),
      reads: inputs.map(({ dataId }) => regionOf(backend, dataId)),
    };
    for (const { dataId } of outputs) this.changed.add(dataId);
    this.commands.push(commandOf(access));
  }

  /** Adds a command that overwrites one tensor's bytes with another's. */
  copy(source: TensorInfo, target: TensorInfo): void {
    this.claim(source.dataId);
    this.claim(target.dataId);
    const { backend } = this.host;
    const [from, to] = [regionOf(backend, source.dataId), regionOf(backend, target.dataId)];
    if (from.buffer === to.buffer && from.offset === to.offset) return;
    this.add([target], [source], (access) => this.host.copy({ ...access, kind: 'copy' }));
  }

  /** Gives surviving tensors real buffers, and returns the commands. */
  finish(): TraceResult<Command> {
    const { backend, acquire, giveBack } = this.host;
    const temporary = new Set<VirtualBuffer>();
    const acquired = new Map<VirtualBuffer, object>();
    for (const [dataId, buffer] of this.virtual) {
      const record = recordOf(backend, dataId);
      if (record?.resource === buffer) {
        record.resource = acquire(buffer.bytes);
        acquired.set(buffer, record.resource);
      } else temporary.add(buffer);
    }
    const constants: object[] = [];
    for (const [dataId, buffer] of this.constants) {
      if (recordOf(backend, dataId)?.resource === buffer) giveBack(dataId);
      else constants.push(buffer);
    }
    const owned = new Set(constants);
    const { commands } = this;
    return {
      commands,
      temporary,
      acquired,
      constants,
      changed: [...this.changed].filter((dataId) => recordOf(backend, dataId)),
      changesConstants: commands.some(({ writes }) => writes.some(({ buffer }) => owned.has(buffer))),
    };
  }
}

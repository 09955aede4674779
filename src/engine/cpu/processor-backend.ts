/**
 * A tfjs backend that runs our own kernels on the processor. Tensors lie in the memory of a `Processor`. An op's kernel
 * makes its outputs, then runs commands on their addresses.
 */
import * as tf from '@tensorflow/tfjs-core';
import { ResiduaError } from '#core/errors.ts';
import type { CommandDevice, KernelCall, MemoryValues } from './command-device.ts';
import { Processor } from './processor.ts';
import {
  Arena,
  ArenaMeasure,
  RecordedCommands,
  type RecordingDraft,
  type TemporaryMemory,
} from './recording.ts';

/** The backend's name in tfjs's registry. Users' settings, records and links contain this name. */
export const processorBackendName = 'wasm';

interface TensorData {
  readonly address: number;
  readonly length: number;
  readonly dtype: tf.DataType;
  refCount: number;
  /** The recording in which this tensor is a temporary. */
  readonly temporaryIn: RecordingDraft | undefined;
}

const bytesPerElement = 4;

/** All values are float32, or int32 and bool as 32-bit words. */
const requireNumbers = (dtype: tf.DataType): void => {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return;
  throw new ResiduaError('internal', `The processor holds no tensors of type ${dtype}.`, '');
};

/** Owns the memory of all its tensors. */
export class ProcessorBackend extends tf.KernelBackend {
  private readonly tensors = new tf.DataStorage<TensorData>(this, tf.engine());
  private readonly constants = new Map<string, tf.TensorInfo>();
  private readonly arena: Arena;
  private draft: RecordingDraft | undefined;

  constructor(readonly processor: CommandDevice = new Processor()) {
    super();
    this.arena = new Arena(processor.heap);
  }

  /**
   * Records the commands of `body` and runs them. `body` must dispose of the tensors that it makes, except
   * those made from values. Tensors from outside must outlive the recording.
   * @param body runs twice: once to measure its memory, once to record
   * @throws Error if a tensor outlives `body`; the errors of `body`
   */
  record(body: () => void): RecordedCommands {
    const { heap } = this.processor;
    const measure = new ArenaMeasure();
    for (const address of this.draw(measure, body).retained) heap.release(address);
    const span = this.arena.join(measure.bytes);
    span.clear();
    let draft: RecordingDraft;
    try {
      draft = this.draw(span, body);
    } catch (thrown) {
      span.leave();
      throw thrown;
    }
    const recorded = new RecordedCommands(this.processor, span, draft);
    recorded.replay();
    return recorded;
  }

  /** Makes a tensor with undefined contents. The caller owns it. */
  makeOutput(shape: readonly number[], dtype: tf.DataType = 'float32'): tf.TensorInfo {
    const dataId = {};
    this.place(dataId, tf.util.sizeFromShape([...shape]), dtype, 1, this.draft?.memory);
    return { dataId, shape: [...shape], dtype };
  }

  /** Makes a tensor with undefined contents that may outlive the current recording. The caller owns it. */
  makeTensorInfo(shape: readonly number[], dtype: tf.DataType = 'float32'): tf.TensorInfo {
    const dataId = {};
    this.place(dataId, tf.util.sizeFromShape([...shape]), dtype, 1);
    return { dataId, shape: [...shape], dtype };
  }

  /** Address of a tensor's first value, in bytes. */
  addressOf({ dataId }: tf.TensorInfo): number {
    return this.tensors.get(dataId).address;
  }

  /** A view of a float32 tensor's values, valid until the next allocation. */
  floatsOf({ dataId }: tf.TensorInfo): Float32Array {
    const { address, length } = this.tensors.get(dataId);
    return this.processor.valuesAt(address, length, 'float32') as Float32Array;
  }

  /** Runs one kernel on tensors of this backend, or adds the call to the current recording. */
  run(call: KernelCall): void {
    if (this.draft) this.draft.calls.push(call);
    else this.processor.run(call);
  }

  /** A tensor of constant values, such as twiddle factors: made once and cached. The backend owns it. */
  constant(name: string, shape: readonly number[], values: () => Float32Array): tf.TensorInfo {
    const known = this.constants.get(name);
    if (known) return known;
    const dataId = this.write(values(), [...shape], 'float32');
    const made: tf.TensorInfo = { dataId, shape: [...shape], dtype: 'float32' };
    this.constants.set(name, made);
    return made;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: object,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void {
    // Values are passed in only once, so their tensor must live as long as a recording.
    this.place(dataId, tf.util.sizeFromShape(shape), dtype, refCount);
    // tfjs passes no values for a tensor that a kernel will fill.
    if (values) this.viewOf(dataId).set(values as Float32Array);
  }

  override readSync(dataId: object): tf.BackendValues {
    const view = this.viewOf(dataId);
    return this.tensors.get(dataId).dtype === 'bool' ? Uint8Array.from(view) : view.slice();
  }

  override read(dataId: object): Promise<tf.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.tensors.has(dataId)) return true;
    const data = this.tensors.get(dataId);
    data.refCount = force ? 0 : data.refCount - 1;
    if (data.refCount > 0) return false;
    this.tensors.delete(dataId);
    this.free(data);
    return true;
  }

  override refCount(dataId: object): number {
    return this.tensors.has(dataId) ? this.tensors.get(dataId).refCount : 0;
  }

  override incRef(dataId: object): void {
    this.tensors.get(dataId).refCount++;
  }

  override numDataIds(): number {
    return this.tensors.numDataIds();
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {
    this.constants.clear();
  }

  private free({ address, temporaryIn }: TensorData): void {
    if (temporaryIn) {
      temporaryIn.memory.release(address);
      temporaryIn.temporaries -= 1;
    } else if (this.draft) this.draft.retained.push(address);
    else this.processor.heap.release(address);
  }

  /** Runs `body` and collects its commands without running them. */
  private draw(memory: TemporaryMemory, body: () => void): RecordingDraft {
    if (this.draft) throw new Error('Recordings cannot be nested.');
    const draft: RecordingDraft = { memory, calls: [], retained: [], temporaries: 0 };
    this.draft = draft;
    try {
      body();
      if (draft.temporaries > 0) {
        throw new Error(`${draft.temporaries} tensors outlive the recording that made them.`);
      }
    } catch (thrown) {
      for (const address of draft.retained) this.processor.heap.release(address);
      throw thrown;
    } finally {
      this.draft = undefined;
    }
    return draft;
  }

  /** @param temporaries the current recording's memory for temporaries, if the tensor is a temporary */
  private place(
    dataId: object,
    length: number,
    dtype: tf.DataType,
    refCount: number,
    temporaries?: TemporaryMemory,
  ): void {
    requireNumbers(dtype);
    const temporaryIn = temporaries && this.draft;
    const address = (temporaries ?? this.processor.heap).allocate(length * bytesPerElement);
    if (temporaryIn) temporaryIn.temporaries += 1;
    this.tensors.set(dataId, { address, length, dtype, refCount, temporaryIn });
  }

  private viewOf(dataId: object): MemoryValues {
    const { address, length, dtype } = this.tensors.get(dataId);
    return this.processor.valuesAt(address, length, dtype === 'float32' ? 'float32' : 'int32');
  }
}

/** The memory and the commands of a recording, while it is made and while it can be replayed. */

import type { CommandDevice, CommandList, KernelCall } from './command-device.ts';
import { Heap } from './heap.ts';

/** Measures the memory of a recording by allocating addresses, from 0 on, that have no memory behind them. */
export class ArenaMeasure {
  private end = 0;
  private readonly heap = new Heap((bytes) => {
    this.end += bytes;
    return this.end - bytes;
  });

  /** Bytes up to the highest address ever in use. */
  get bytes(): number {
    return this.end;
  }

  allocate(bytes: number): number {
    return this.heap.allocate(bytes);
  }

  release(address: number): void {
    this.heap.release(address);
  }
}

/**
 * The memory that all recordings of a processor share, in one span. A recording's temporaries are unused when
 * its replay ends, so the next replay may overwrite them. Tensors that outlive the recording lie elsewhere. A
 * recording is measured before it is made, so the arena is as large as its largest recording. A recording
 * that needs more gets a new span; the old span is freed with the last recording in it.
 */
export class Arena {
  private current: ArenaSpan | undefined;

  /** @param memory provides the spans */
  constructor(private readonly memory: Heap) {}

  /** Returns a span of at least this many bytes, and counts one more user until `leave`. */
  join(bytes: number): ArenaSpan {
    if (!this.current || this.current.bytes < bytes || this.current.users === 0) {
      this.current = new ArenaSpan(this.memory, bytes);
    }
    this.current.users += 1;
    return this.current;
  }
}

/** A part of the memory in which recordings place their temporaries. */
export class ArenaSpan {
  users = 0;
  private readonly address: number;
  private heap: Heap;

  constructor(
    private readonly memory: Heap,
    readonly bytes: number,
  ) {
    this.address = memory.allocate(bytes);
    this.heap = this.emptyHeap();
  }

  /** Frees all pieces in the span. */
  clear(): void {
    this.heap = this.emptyHeap();
  }

  allocate(bytes: number): number {
    return this.heap.allocate(bytes);
  }

  release(address: number): void {
    this.heap.release(address);
  }

  /** Counts one user less. The last user to leave frees the memory. */
  leave(): void {
    this.users -= 1;
    if (this.users === 0) this.memory.release(this.address);
  }

  private emptyHeap(): Heap {
    let end = this.address;
    return new Heap((bytes) => {
      end += bytes;
      if (end > this.address + this.bytes)
        throw new Error('A recording needs more memory than it was measured for.');
      return end - bytes;
    });
  }
}

/** The memory for a recording's temporaries. */
export type TemporaryMemory = Pick<Heap, 'allocate' | 'release'>;

/** State of a recording while it is made. */
export interface RecordingDraft {
  /** Memory for the recording's temporaries. */
  readonly memory: TemporaryMemory;
  readonly calls: KernelCall[];
  /** Pieces of the heap that were freed during the recording although its commands use them. */
  readonly retained: number[];
  /** Number of temporaries in use. */
  temporaries: number;
}

/** Commands that can be replayed. Owns the list of the commands and their temporary memory. */
export class RecordedCommands {
  private readonly list: CommandList;
  private disposed = false;

  constructor(
    private readonly processor: CommandDevice,
    private readonly span: ArenaSpan,
    private readonly draft: RecordingDraft,
  ) {
    this.list = processor.writeList(draft.calls);
  }

  /** Number of commands in the list. */
  get commands(): number {
    return this.list.commands;
  }

  /** Runs all commands in order, and returns when they are done. */
  replay(): void {
    if (this.disposed) throw new Error('A recording that was disposed of cannot be replayed.');
    this.processor.runList(this.list);
  }

  /** Frees the list and all memory that only this recording used. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.processor.heap.release(this.list.address);
    for (const address of this.draft.retained) this.processor.heap.release(address);
    this.span.leave();
  }
}

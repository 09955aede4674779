/** What a recording holds while it is made and while it may be replayed. */

import type { CommandDevice, CommandList, KernelCall } from './command-device.ts';
import { Heap } from './heap.ts';

/**
 * The memory that all recordings of a processor share. A temporary of one recording is dead when its replay ends, so the
 * next replay may write over it; tensors that live on lie outside.
 */
export class Arena {
  private spans: number[] = [];
  private users = 0;
  private readonly heap: Heap;

  /** @param memory where the arena takes its spans from, and gives them back to when no recording is left */
  constructor(private readonly memory: Heap) {
    this.heap = new Heap((bytes) => {
      const address = memory.allocate(bytes);
      this.spans.push(address);
      return address;
    });
  }

  /** Pieces in use: none between two recordings. */
  get pieces(): number {
    return this.heap.pieces;
  }

  join(): void {
    this.users += 1;
  }

  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    for (const span of this.spans) this.memory.release(span);
    this.spans = [];
    this.heap.forget();
  }

  allocate(bytes: number): number {
    return this.heap.allocate(bytes);
  }

  release(address: number): void {
    this.heap.release(address);
  }

  holds(address: number): boolean {
    return this.heap.holds(address);
  }
}

/** Collects the calls of one recording, and the memory outside of the arena that they refer to. */
export class RecordingDraft {
  readonly calls: KernelCall[] = [];
  /** Pieces of the heap that were given back while the recording was made, though its commands use them. */
  readonly retained: number[] = [];
}

/** Commands that can be run again. Owns their list and what they refer to. */
export class RecordedCommands {
  private readonly list: CommandList;
  private disposed = false;

  constructor(
    private readonly processor: CommandDevice,
    private readonly arena: Arena,
    private readonly draft: RecordingDraft,
  ) {
    this.list = processor.writeList(draft.calls);
  }

  /** Commands of the list. */
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
    this.arena.leave();
  }
}
